import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from registry.accounts.actions import arrive
from tests.registry.accounts.passkey import Passkey

pytestmark = pytest.mark.django_db


def challenge(client):
    """What the site asked the device to sign."""
    return client.session["mfa.webauthn.state"]["challenge"]


def add_passkey(client, user):
    passkey = Passkey(user)
    client.get(reverse("mfa_add_webauthn"))
    return passkey, client.post(
        reverse("mfa_add_webauthn"), {"name": "Phone", "credential": passkey.made(challenge(client))}
    )


def test_a_passkey_is_a_second_factor_and_brings_recovery_codes(client, commissioner):
    arrive(email=commissioner.email)
    client.force_login(commissioner)
    _, answer = add_passkey(client, commissioner)
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"webauthn", "recovery_codes"}
    assert client.get(reverse("account")).status_code == 200


def test_a_passkey_alone_signs_staff_in_because_the_device_checked_the_person(client, commissioner):
    arrive(email=commissioner.email)
    client.force_login(commissioner)
    passkey, _ = add_passkey(client, commissioner)
    client.post(reverse("account_logout"))
    asked = client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"}).json()
    assert asked["request_options"]["publicKey"]["userVerification"] == "required"
    client.post(reverse("mfa_login_webauthn"), {"credential": passkey.shown(challenge(client))})
    assert client.session[SESSION_KEY] == str(commissioner.pk)
    assert client.get(reverse("account")).status_code == 200


def test_a_passkey_of_somebody_else_signs_nobody_in(client, commissioner):
    arrive(email=commissioner.email)
    client.force_login(commissioner)
    add_passkey(client, commissioner)
    client.post(reverse("account_logout"))
    client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"})
    client.post(reverse("mfa_login_webauthn"), {"credential": Passkey(commissioner).shown(challenge(client))})
    assert SESSION_KEY not in client.session


def test_an_answer_to_another_question_is_not_a_passkey(client, commissioner):
    arrive(email=commissioner.email)
    client.force_login(commissioner)
    client.get(reverse("mfa_add_webauthn"))
    page = client.post(
        reverse("mfa_add_webauthn"), {"name": "Phone", "credential": Passkey(commissioner).made(b"x" * 32)}
    )
    assert page.status_code == 200
    assert not Authenticator.objects.exists()
