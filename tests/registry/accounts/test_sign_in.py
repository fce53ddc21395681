import re

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.urls import NoReverseMatch, reverse

from registry.accounts.actions import arrive
from registry.models import AuditEvent, OutgoingMail, User
from tests.cast import give_second_factor

pytestmark = pytest.mark.django_db


def newest_code():
    """The code in the newest message, as a person reads it."""
    return re.search(r"^[A-Z]{4}-[A-Z]{4}$", OutgoingMail.objects.latest("pk").body, re.MULTILINE).group()


def ask_and_type(client, email, **query):
    asked = client.post(reverse("account_login", query=query or None), {"email": email})
    return client.post(asked.url, {"code": newest_code()})


def test_a_known_person_types_an_address_and_a_code(client):
    user = User.objects.create_user("jo@example.com", "Jo")
    answer = ask_and_type(client, "Jo@Example.com")
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified


def test_an_unknown_person_takes_the_same_two_steps(client):
    ask_and_type(client, "new@example.com")
    user = User.objects.get(email="new@example.com")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.has_usable_password()
    assert AuditEvent.objects.get().verb == "account.made"


def test_nothing_tells_a_stranger_who_has_an_account(client):
    User.objects.create_user("known@example.com")
    pages, mails = [], []
    for email in ["known@example.com", "other@example.com"]:
        client.cookies.clear()
        asked = client.post(reverse("account_login"), {"email": email}, follow=True)
        pages.append(re.sub(r'value="[^"]{20,}"', "", asked.content.decode().replace(email, "X")))
        mails.append(OutgoingMail.objects.latest("pk").body.replace(newest_code(), "CODE"))
    assert pages[0] == pages[1]
    assert mails[0] == mails[1]


def test_asking_for_a_code_keeps_no_account(client):
    client.post(reverse("account_login"), {"email": "stranger@example.com"})
    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()


def test_a_wrong_code_signs_nobody_in_and_three_end_the_journey(client):
    client.post(reverse("account_login"), {"email": "jo@example.com"})
    page = client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    assert "That code is not right" in page.content.decode()
    client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    last = client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    assert last.url == reverse("account_login")
    assert client.post(reverse("account_confirm_login_code"), {"code": newest_code()}).url == reverse("account_login")
    assert not User.objects.exists()


def test_a_code_sent_again_replaces_the_first(client):
    client.post(reverse("account_login"), {"email": "jo@example.com"})
    first = newest_code()
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert newest_code() != first
    client.post(reverse("account_confirm_login_code"), {"code": first})
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_confirm_login_code"), {"code": newest_code()})
    assert "_auth_user_id" in client.session


def test_a_code_dies_after_fifteen_minutes(client, monkeypatch):
    client.post(reverse("account_login"), {"email": "jo@example.com"})
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 15 * 60 + 1
    session.save()
    answer = client.post(reverse("account_confirm_login_code"), {"code": newest_code()})
    assert answer.url == reverse("account_login")


def test_the_next_page_is_kept_through_both_steps_and_only_on_this_site(client):
    answer = ask_and_type(client, "jo@example.com", next="/account/")
    assert answer.url == "/account/"
    client.logout()
    assert ask_and_type(client, "jo@example.com", next="https://elsewhere.example/").url == "/"


def test_a_closed_account_gets_a_plain_page_and_no_session(client):
    User.objects.create_user("gone@example.com", is_active=False)
    answer = ask_and_type(client, "gone@example.com")
    assert answer.url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session
    assert client.get(answer.url).status_code == 200


def test_an_address_of_another_account_is_found_by_its_proved_row():
    user = User.objects.create_user("first@example.com")
    EmailAddress.objects.create(user=user, email="second@example.com", verified=True)
    assert arrive(email="second@example.com") == user


def test_the_second_step_is_asked_of_those_who_have_one(client):
    user = User.objects.create_user("jo@example.com")
    give_second_factor(user)
    answer = ask_and_type(client, "jo@example.com")
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_fourth_code_in_a_minute_is_refused(client):
    for _ in range(3):
        client.post(reverse("account_login"), {"email": "jo@example.com"})
        client.cookies.clear()
    page = client.post(reverse("account_login"), {"email": "jo@example.com"})
    assert "too many tries" in page.content.decode()
    assert OutgoingMail.objects.count() == 3


def test_limits_hold_across_processes_because_they_live_in_the_database(client):
    client.post(reverse("account_login"), {"email": "jo@example.com"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_cache WHERE cache_key LIKE '%request_login_code%'")
        assert cursor.fetchone()[0] == 3


@pytest.mark.parametrize("name", ["account_signup", "account_change_password", "account_reset_password"])
def test_there_are_no_pages_for_passwords(client, name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "password/change/", "password/set/", "password/reset/", "reauthenticate/"])
def test_addresses_of_password_pages_are_not_found(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_signing_out_is_a_post(client, commissioner):
    client.force_login(User.objects.create_user("jo@example.com"))
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_new_address_counts_once_its_code_is_typed(client):
    user = arrive(email="old@example.com")
    client.force_login(user)
    client.post(reverse("account_email"), {"email": "new@example.com", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "old@example.com"
    client.post(reverse("account_email_verification_sent"), {"code": newest_code()})
    user.refresh_from_db()
    assert user.email == "new@example.com"
    assert EmailAddress.objects.get(user=user).email == "new@example.com"
    told = OutgoingMail.objects.latest("pk")
    assert told.to == "old@example.com"
    assert "new@example.com" in told.body


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:a()"])
def test_signing_in_never_leads_to_another_site(client, elsewhere):
    assert ask_and_type(client, "jo@example.com", next=elsewhere).url == "/"
    for name in ("account_login", "account_logout"):
        answer = client.post(reverse(name, query={"next": elsewhere}), {"next": elsewhere})
        assert answer.get("Location", "/") == "/"
