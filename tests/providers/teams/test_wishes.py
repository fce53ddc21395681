import json

import pytest
from django.db import IntegrityError

from providers.models import PartnerWish, Provider, ProviderMembership
from providers.models.partner_wish import Wish
from providers.models.provider_membership import ProviderRole
from providers.teams import wish_actions
from registry.models import AuditEvent, User
from tests.cast import sign_in
from tests.providers.teams.makers import owner_of


def test_a_wish_is_its_authors_alone(ana, ben, as_owner_of, checker, client):
    address = f"/my/{ana.slug}/teams/wishes/{ben.slug}/"
    as_owner_of(ana).post(address, {"wish": "would_not"})
    assert PartnerWish.objects.get().wish == Wish.WOULD_NOT
    assert "Ben Gardens" in as_owner_of(ana).get(f"/my/{ana.slug}/teams/wishes/").text
    assert "Ana Cooks" not in as_owner_of(ben).get(f"/my/{ben.slug}/teams/wishes/").text
    assert as_owner_of(ben).get(address).status_code == 404
    assert sign_in(client, checker).get(f"/my/{ana.slug}/teams/wishes/").status_code == 404


def test_neither_the_audit_nor_the_others_file_knows_of_whom(ana, ben, as_owner_of):
    wish_actions.wish(provider=ana, other=ben, wish=Wish.WOULD_NOT, by=owner_of(ana))
    event = AuditEvent.objects.get(verb="partner.wish_changed")
    assert str(ben.pk) not in (event.target_id, str(event.provider_id))
    files = [json.loads(b"".join(as_owner_of(one).post(f"/my/{one.slug}/data/json/"))) for one in (ana, ben)]
    assert [len(file["partner_wishes"]) for file in files] == [1, 0]


def test_a_reader_of_the_same_business_does_not_see_wishes(ana, ben, client):
    reader = User.objects.create_user("reader@team.example", "Reader")
    ProviderMembership.objects.create(user=reader, provider=ana, role=ProviderRole.READER)
    assert sign_in(client, reader).get(f"/my/{ana.slug}/teams/wishes/").status_code == 403


def test_a_wish_said_twice_is_one_and_can_be_taken_back(ana, ben):
    for said in (Wish.WOULD, Wish.WOULD, Wish.WOULD_NOT, None, None):
        wish_actions.wish(provider=ana, other=ben, wish=said, by=owner_of(ana))
    assert not PartnerWish.objects.exists()
    assert AuditEvent.objects.filter(verb="partner.wish_changed").count() == 3


def test_a_wish_about_one_that_was_suspended_can_be_taken_back(ana, ben, as_owner_of, checker):
    wish_actions.wish(provider=ana, other=ben, wish=Wish.WOULD, by=owner_of(ana))
    Provider.every.filter(pk=ben.pk).update(suspended_at=ben.listed_at, suspended_by=checker)
    as_owner_of(ana).post(f"/my/{ana.slug}/teams/wishes/{ben.slug}/", {"wish": "none"})
    assert not PartnerWish.objects.exists()


def test_nobody_wishes_about_themselves(ana, as_owner_of):
    assert as_owner_of(ana).get(f"/my/{ana.slug}/teams/wishes/{ana.slug}/").status_code == 404
    with pytest.raises(IntegrityError):
        PartnerWish.objects.create(provider=ana, other=ana, wish=Wish.WOULD)


def test_somebody_is_found_by_name(ana, ben, cat, as_owner_of):
    page = as_owner_of(ana).get(f"/my/{ana.slug}/teams/wishes/", {"name": "gard"}).text
    assert "Ben Gardens" in page
    assert "Cat Cleans" not in page
    assert "Nobody on the register" in as_owner_of(ana).get(f"/my/{ana.slug}/teams/wishes/", {"name": "zz"}).text
    for odd in ("\0", "x" * 10_000, "%"):
        assert as_owner_of(ana).get(f"/my/{ana.slug}/teams/wishes/", {"name": odd}).status_code == 200


def test_asking_may_be_switched_off_and_on(ana, as_owner_of):
    address = f"/my/{ana.slug}/teams/may-be-asked/"
    for _ in range(2):
        as_owner_of(ana).post(address, {"asked": "no"})
    assert Provider.every.get(pk=ana.pk).no_teams_since is not None
    as_owner_of(ana).post(address, {"asked": "sometimes"})
    as_owner_of(ana).post(address, {"asked": "yes"})
    assert Provider.every.get(pk=ana.pk).no_teams_since is None
    assert AuditEvent.objects.filter(verb__in=["partner.may_be_asked", "partner.not_asked"]).count() == 2


def test_an_empty_wish_is_asked_again(ana, ben, as_owner_of):
    assert "Choose one" in as_owner_of(ana).post(f"/my/{ana.slug}/teams/wishes/{ben.slug}/", {}).text
