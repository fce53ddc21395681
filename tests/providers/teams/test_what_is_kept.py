import datetime

from django.utils import timezone

from providers.models import PartnerWish, Provider, Team, TeamMember
from providers.models.partner_wish import Wish
from providers.profile.departure import leave_as_business
from providers.teams import actions, asking_actions, wish_actions
from providers.teams.retention import (
    ENDED_KEPT,
    NOT_JOINED_KEPT,
    RULES,
    purge_ended,
    purge_invitations,
    purge_wishes,
)
from providers.teams.rules import Lack
from tests.providers.teams.makers import asked, owner_of, standing, started
from tests.providers.teams.test_standing import lacking

DAY = datetime.timedelta(days=1)


def departs(provider):
    leave_as_business(provider=provider, by=owner_of(provider), now=timezone.now())


def test_a_team_shows_that_one_has_left_the_register_until_it_is_mended(ana, ben, cat, as_owner_of):
    place, ben_in, _cat_in = standing(ana, ben, cat)
    departs(ben)
    assert lacking(place.team) == [Lack.MEMBER]
    page = as_owner_of(ana).get(f"/my/{ana.slug}/teams/{place.team_id}/").text
    assert "has left the register" in page
    assert "Ben Gardens" not in page
    actions.go_on_without(place=place, other=ben_in, by=owner_of(ana))
    assert lacking(place.team) == []


def test_nothing_of_what_it_said_or_gave_stays(ana, ben, cat):
    _place, ben_in = standing(ana, ben)
    newcomer = asked(started(cat, name="Another"), ben)
    wish_actions.wish(provider=ana, other=ben, wish=Wish.WOULD_NOT, by=owner_of(ana))
    wish_actions.wish(provider=ben, other=cat, wish=Wish.WOULD, by=owner_of(ben))
    departs(ben)
    ben_in.refresh_from_db()
    assert (ben_in.hours_a_week, ben_in.days, list(ben_in.kinds.all())) == (None, [], [])
    assert not TeamMember.objects.filter(pk=newcomer.pk).exists()
    assert not PartnerWish.objects.exists()


def test_one_that_has_gone_keeps_nobody_waiting(ana, ben, cat, council):
    place, _ben_in = standing(ana, ben)
    newcomer = asking_actions.ask(place=place, other=cat, by=owner_of(ana))
    departs(ben)
    asking_actions.agree(place=place, newcomer=newcomer, by=owner_of(ana))
    newcomer.refresh_from_db()
    assert newcomer.sent_at is not None


def test_a_team_ends_with_the_last_one_that_leaves_the_register(ana, ben):
    place, ben_in = standing(ana, ben)
    actions.leave(place=ben_in, by=owner_of(ben))
    departs(ana)
    place.team.refresh_from_db()
    assert place.team.ended_at is not None
    assert (place.team.name, place.team.purpose) == ("", "")


def test_invitations_that_came_to_nothing_go_after_ninety_days(ana, ben, cat):
    place = started(ana)
    refused, unanswered = asked(place, ben), asked(place, cat)
    asking_actions.decline(place=refused, why="No time", by=owner_of(ben))
    today = timezone.localdate()
    assert purge_invitations(today + NOT_JOINED_KEPT) == 0
    assert purge_invitations(today + NOT_JOINED_KEPT + DAY) > 0
    assert not TeamMember.objects.filter(pk=refused.pk).exists()
    assert TeamMember.objects.filter(pk=unanswered.pk).exists()
    assert purge_invitations(today + NOT_JOINED_KEPT + 57 * DAY) > 0
    assert set(TeamMember.objects.all()) == {place}
    assert purge_invitations(today + NOT_JOINED_KEPT + 57 * DAY) == 0


def test_an_ended_team_is_blanked_after_a_year(ana, ben):
    place, _other = standing(ana, ben)
    actions.end(place=place, by=owner_of(ana))
    today = timezone.localdate()
    assert purge_ended(today + ENDED_KEPT) == 0
    assert purge_ended(today + ENDED_KEPT + DAY) > 0
    assert purge_ended(today + ENDED_KEPT + DAY) == 0
    team = Team.objects.get()
    assert (team.name, team.purpose, team.members.count(), team.plans.count()) == ("", "", 0, 0)


def test_a_wish_that_slipped_through_goes(ana, ben):
    wish_actions.wish(provider=ana, other=ben, wish=Wish.WOULD, by=owner_of(ana))
    assert purge_wishes(timezone.localdate()) == 0
    Provider.every.filter(pk=ben.pk).update(left_at=timezone.now())
    assert purge_wishes(timezone.localdate()) == 1


def test_the_privacy_page_says_how_long(client, db):
    page = client.get("/privacy/").text
    for rule in RULES:
        assert str(rule.what) in page


def test_a_providers_own_file_holds_its_teams(ana, ben, as_owner_of):
    standing(ana, ben)
    written = b"".join(as_owner_of(ben).post(f"/my/{ben.slug}/data/json/")).decode()
    assert "Larkhall Helpers" in written
    assert "consortium" in written
    assert owner_of(ana).email not in written
