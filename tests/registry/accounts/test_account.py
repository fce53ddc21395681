import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from registry import site
from registry.accounts import actions, council_actions
from registry.accounts.actions import arrive
from registry.audit.actions import record
from registry.models import AuditEvent, CouncilInvitation, User
from registry.models.council_membership import CouncilRole
from tests.cast import make_staff, sign_in

pytestmark = pytest.mark.django_db

PAGES = ["account", "account_name", "account_leave"]


@pytest.mark.parametrize("name", PAGES)
def test_the_account_is_ones_own(family, client, commissioner, name):
    assert family.get(reverse(name)).url == f"{reverse('account_login')}?next={reverse(name)}"
    assert sign_in(client, commissioner).get(reverse(name)).status_code == 200


def test_the_account_tells_who_one_is(client, commissioner):
    page = sign_in(client, commissioner).get(reverse("account")).content.decode()
    assert "Cora Commissioner" in page
    assert "Bath and North East Somerset: Commissioner, since" in page
    assert "TOTP Authenticator" in page
    assert "must have one" in page


def test_a_person_changes_their_name(client):
    user = arrive(email="jo@example.com")
    client.force_login(user)
    assert "Enter your name" in client.post(reverse("account_name"), {"name": " "}).content.decode()
    client.post(reverse("account_name"), {"name": "Jo Carer"})
    client.post(reverse("account_name"), {"name": "Jo Carer"})
    user.refresh_from_db()
    assert str(user) == "Jo Carer"
    assert AuditEvent.objects.filter(verb="account.renamed").count() == 1


def test_leaving_asks_first(client, commissioner):
    page = sign_in(client, commissioner).post(reverse("account_leave")).content.decode()
    assert "Tick the box" in page
    commissioner.refresh_from_db()
    assert commissioner.is_active


def test_rule_15_leaving_blanks_the_persons_own_row_and_leaves_the_audit_as_it_was(
    client, commissioner, administrator, council
):
    council_actions.invite(council=council, email=commissioner.email, role=CouncilRole.CHECKER, by=administrator)
    record("council.changed", by=commissioner, target=council, council=council)
    before = list(AuditEvent.objects.order_by("pk").values())
    elsewhere = sign_in(Client(), commissioner)
    somebody_else = sign_in(Client(), administrator)
    sign_in(client, commissioner)

    assert client.post(reverse("account_leave"), {"sure": "on"}).url == "/"

    commissioner.refresh_from_db()
    assert commissioner.name == ""
    assert commissioner.email.endswith("@left.invalid")
    assert not commissioner.is_active
    assert commissioner.left_at
    assert str(commissioner) == "Someone who has left"
    assert not commissioner.council_memberships.filter(ended_at=None).exists()
    assert not EmailAddress.objects.filter(user=commissioner).exists()
    assert not Authenticator.objects.filter(user=commissioner).exists()
    assert CouncilInvitation.objects.get().email == ""
    assert elsewhere.get(reverse("account")).status_code == 302
    assert somebody_else.get(reverse("account")).status_code == 200
    assert not any(
        session.get_decoded().get("_auth_user_id") == str(commissioner.pk) for session in Session.objects.all()
    )
    assert list(AuditEvent.objects.order_by("pk").values())[: len(before)] == before
    assert not AuditEvent.objects.filter(fields__contains=["commissioner@council.example"]).exists()


def test_a_person_who_left_starts_afresh_when_they_come_back(commissioner):
    email = commissioner.email
    actions.leave(user=commissioner, by=commissioner)
    again = arrive(email=email)
    assert again.pk != commissioner.pk
    assert not again.council_memberships.exists()


def test_the_last_administrator_cannot_leave_and_is_told_what_would_help(client, administrator):
    page = sign_in(client, administrator).post(reverse("account_leave"), {"sure": "on"}).content.decode()
    assert "would have no administrator left. Invite another one first." in page
    administrator.refresh_from_db()
    assert administrator.is_active


def test_an_administrator_leaves_once_there_is_another(administrator, council):
    make_staff("second@admin.example", "Bo", council, CouncilRole.ADMINISTRATOR)
    actions.leave(user=administrator, by=administrator)
    assert not User.objects.get(pk=administrator.pk).is_active


def test_what_stands_above_does_its_part_when_a_person_leaves(commissioner, monkeypatch):
    gone = []
    monkeypatch.setattr(site, "_leaving_steps", [])
    site.add_leaving_step(lambda user, by: gone.append((user.pk, by.pk)))
    actions.leave(user=commissioner, by=commissioner)
    assert gone == [(commissioner.pk, commissioner.pk)]


def test_the_database_refuses_a_person_who_left_and_can_sign_in(commissioner):
    actions.leave(user=commissioner, by=commissioner)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=commissioner.pk).update(is_active=True)


def test_a_name_of_nothing_to_see_is_no_name(client, provider_user):
    sign_in(client, provider_user)
    page = client.post(reverse("account_name"), {"name": "\u200b\u202e"}).content.decode()
    assert "Enter your name" in page
    client.post(reverse("account_name"), {"name": "Rosie \u202eCarer"})
    provider_user.refresh_from_db()
    assert provider_user.name == "Rosie Carer"
