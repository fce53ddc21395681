import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from registry.models import CouncilMembership, OutgoingMail, User
from registry.models.council_membership import CouncilRole
from tests.cast import TOTP_SECRET, give_second_factor, sign_in
from tests.registry.accounts.test_sign_in import ask_and_type

PAGE = "/accounts/email/"

pytestmark = pytest.mark.django_db


def app_code(secret=TOTP_SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("role", ["commissioner", "checker", "administrator", "operator"])
def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, request, role):
    client.force_login(request.getfixturevalue(role))
    answer = client.get(PAGE)
    assert answer.url == reverse("mfa_activate_totp")


def test_staff_without_a_second_factor_can_sign_out(client, commissioner):
    client.force_login(commissioner)
    client.post(reverse("account_logout"))
    assert SESSION_KEY not in client.session


def test_people_who_are_not_staff_need_no_second_factor(client):
    client.force_login(User.objects.create_user("jo@example.com"))
    assert client.get(PAGE).status_code == 200


def test_setting_the_app_up_opens_the_site_and_gives_recovery_codes(client, commissioner):
    client.force_login(commissioner)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = Authenticator.objects.get(user=commissioner, type="recovery_codes").wrap().get_unused_codes()
    assert codes[0] in client.get(answer.url).content.decode()
    assert client.get(PAGE).status_code == 200


def test_setting_the_app_up_is_told_by_mail(client, commissioner, django_capture_on_commit_callbacks):
    client.force_login(commissioner)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})
    assert OutgoingMail.objects.latest("pk").to == commissioner.email


def test_a_wrong_code_sets_nothing_up(client, commissioner):
    client.force_login(commissioner)
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "That code is not right" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_the_code_of_the_app_completes_signing_in(client, commissioner):
    give_second_factor(commissioner)
    ask_and_type(client, commissioner.email)
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert client.get(PAGE).status_code == 200


def test_a_recovery_code_works_once(client, commissioner):
    give_second_factor(commissioner)
    code = RecoveryCodes.activate(commissioner).get_unused_codes()[0]
    ask_and_type(client, commissioner.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(PAGE).status_code == 200
    client.post(reverse("account_logout"))
    ask_and_type(client, commissioner.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert SESSION_KEY not in client.session


def test_a_session_that_did_not_show_the_second_factor_must_show_it(client, commissioner):
    give_second_factor(commissioner)
    client.force_login(commissioner)
    answer = client.get(PAGE)
    assert answer.url == f"{reverse('mfa_reauthenticate')}?next=%2Faccounts%2Femail%2F"
    again = client.post(answer.url, {"code": app_code()})
    assert again.url == PAGE
    assert client.get(PAGE).status_code == 200


def test_a_second_factor_shown_by_another_person_does_not_count(client, commissioner, checker):
    sign_in(client, checker)
    session = client.session
    give_second_factor(commissioner)
    session[SESSION_KEY] = str(commissioner.pk)
    session["_auth_user_hash"] = commissioner.get_session_auth_hash()
    session.save()
    assert client.get(PAGE).url.startswith(reverse("mfa_reauthenticate"))


def test_a_role_given_to_a_person_who_is_signed_in_counts_from_the_next_page(client, council):
    user = User.objects.create_user("jo@example.com")
    client.force_login(user)
    assert client.get(PAGE).status_code == 200
    CouncilMembership.objects.create(user=user, council=council, role=CouncilRole.CHECKER)
    assert client.get(PAGE).url == reverse("mfa_activate_totp")


def test_taking_the_app_away_closes_the_site_again(client, commissioner):
    sign_in(client, commissioner)
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get(PAGE).url == reverse("mfa_activate_totp")


@pytest.mark.parametrize("name", ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_the_pages_of_the_second_factor_open(client, commissioner, name):
    sign_in(client, commissioner)
    assert client.get(reverse(name)).status_code == 200


def test_the_sign_in_helper_satisfies_the_site(client, commissioner):
    assert sign_in(client, commissioner).get(PAGE).status_code == 200


@pytest.mark.parametrize("name", ["accessibility", "privacy", "open_data"])
def test_the_pages_of_the_footer_stay_open_to_staff_without_a_second_factor(client, commissioner, name):
    client.force_login(commissioner)
    assert client.get(reverse(name)).status_code == 200
