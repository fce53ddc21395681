"""Every page of allauth that we expose is in our frame and our words."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.urls import reverse

from registry.models import OutgoingMail, User
from tests.cast import sign_in

SIGNED_IN = [
    "account_logout",
    "account_email",
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
]


def ours(answer):
    assert answer.status_code == 200, answer
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.title.get_text().endswith(" - Nearhand")
    assert len(page.select("main#main-content h1")) == 1
    assert page.select("[style], style") == []
    assert [script for script in page.select("script") if not script.get("src") and "json" not in script["type"]] == []
    return page


@pytest.mark.django_db
def test_signing_in_takes_an_address_and_a_code(client):
    ours(client.get(reverse("account_login")))
    page = ours(client.post(reverse("account_login"), {"email": "nonsense"}))
    assert page.title.get_text().startswith("Error: ")
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_email"
    page = ours(client.post(reverse("account_login"), {"email": "ann@example.com"}, follow=True))
    assert "ann@example.com" in page.main.get_text()
    page = ours(client.post(reverse("account_confirm_login_code"), {"code": "WRONG"}))
    assert page.title.get_text().startswith("Error: ")
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_code"
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", OutgoingMail.objects.latest("pk").body)[0]
    page = ours(client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True))
    assert page.h1.get_text() == "Hello"


@pytest.mark.django_db
@pytest.mark.parametrize("name", SIGNED_IN)
def test_the_pages_of_ones_own_account_are_ours(client, checker, name):
    sign_in(client, checker)
    Authenticator.objects.create(user=checker, type="recovery_codes", data={"seed": "abc", "used_mask": 0})
    ours(client.get(reverse(name)))


# The least of a key that the pages ask for: its name, and whether it signs in alone.
KEY = {"name": "Old <phone>", "passwordless": True, "credential": {}}


@pytest.mark.django_db
def test_a_passkey_can_be_renamed_and_removed(client, checker):
    sign_in(client, checker)
    key = Authenticator.objects.create(user=checker, type="webauthn", data=KEY)
    page = ours(client.get(reverse("mfa_list_webauthn")))
    assert "Old <phone>" in page.main.get_text()
    ours(client.get(reverse("mfa_edit_webauthn", args=[key.pk])))
    ours(client.get(reverse("mfa_remove_webauthn", args=[key.pk])))


@pytest.mark.django_db
def test_someone_without_keys_or_codes_is_offered_them(client, family_with_account):
    client.force_login(family_with_account)
    assert "None made" not in ours(client.get(reverse("mfa_index"))).main.get_text()
    page = ours(client.get(reverse("mfa_activate_totp")))
    assert page.select_one("img.nh-qr")["src"].startswith("data:image/svg+xml")
    page = ours(client.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_code"
    assert "You have no passkey yet" in ours(client.get(reverse("mfa_list_webauthn"))).main.get_text()


@pytest.mark.django_db
def test_a_changed_address_waits_for_its_code(client, family_with_account):
    client.force_login(family_with_account)
    answer = client.post(reverse("account_email"), {"email": "new@example.com", "action_add": ""}, follow=True)
    assert "new@example.com" in ours(answer).main.get_text()
    ours(client.get(reverse("account_email_verification_sent")))


@pytest.mark.django_db
def test_a_closed_account_is_told_so(client):
    ours(client.get(reverse("account_inactive")))


@pytest.fixture
def family_with_account(db):
    user = User.objects.create_user("fay@example.com", "Fay Family")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
