"""A team's state is derived: the rule and the database's phrase say the same of every state there is."""

import datetime
import itertools

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from providers.models import Listing, Provider, Team, TeamMember
from providers.models.team import TeamForm
from providers.teams import actions, plan_actions
from providers.teams.rules import Lack, lacks
from providers.teams.state import inside_of, oldest_good
from registry.accounts.rules import Refused
from registry.models import AuditEvent, OutgoingMail
from tests.providers.teams.makers import agreed, joined, owner_of, standing, started

NOW = timezone.now()


def lacking(team):
    team.refresh_from_db()
    members = TeamMember.objects.current().filter(team=team).select_related("provider")
    return lacks(list(inside_of(list(members)).values()), team.form, oldest_good(timezone.localdate()))


def test_a_team_stands_once_all_agree_to_a_lead_and_a_form(ana, ben):
    place = started(ana)
    joined(place, ben)
    assert lacking(place.team) == [Lack.NO_FORM]
    agreed(place)
    assert lacking(place.team) == []
    assert list(Team.objects.standing()) == [place.team]


MARKS = {
    "suspended": {"suspended_at": NOW},
    "gone": {"left_at": NOW},
    "not_listed": {"listed_at": None},
    "well": {},
}


EVERY_STATE = list(
    itertools.product(MARKS, (0, 90, 91, None), (True, False), (True, False), (True, False), (True, False))
)


def bring_about(places, mark, confirmed_days_ago, has_lead, has_form, has_left):
    place, other = places
    changes = dict(MARKS[mark])
    if "suspended_at" in changes:
        changes["suspended_by"] = owner_of(place.provider)
    Provider.every.filter(pk=other.provider_id).update(**changes)
    said = None if confirmed_days_ago is None else timezone.localdate() - datetime.timedelta(days=confirmed_days_ago)
    Listing.objects.filter(provider=other.provider).update(confirmed_on=said)
    if not has_lead:
        TeamMember.objects.filter(pk=place.pk).update(leads_since=None)
    if not has_form:
        Team.objects.update(form="")
    if has_left:
        TeamMember.objects.filter(pk=other.pk).update(left_at=NOW)


def test_the_phrase_and_the_rule_agree_in_every_state(ana, ben, cat):
    places = standing(ana, ben)
    seen = set()
    for *state, has_third in EVERY_STATE:
        with transaction.atomic():
            if has_third:
                joined(places[0], cat)
            bring_about(places, *state)
            stands = Team.objects.standing(timezone.localdate()).exists()
            assert stands == (not lacking(places[0].team)), state
            seen.add(stands)
            transaction.set_rollback(True)
    assert seen == {True, False}


def test_a_team_that_has_ended_does_not_stand(ana, ben):
    standing(ana, ben)
    Team.objects.update(ended_at=NOW)
    assert not Team.objects.standing().exists()
    assert not Team.objects.of(ana).exists()
    assert not Team.objects.running().exists()


def test_the_database_knows_one_lead(ana, ben):
    _first, second = standing(ana, ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMember.objects.filter(pk=second.pk).update(leads_since=NOW)


def test_a_lead_is_agreed_by_each_members_own_yes(ana, ben, cat):
    place = started(ana)
    ben_in, cat_in = joined(place, ben), joined(place, cat)
    plan_actions.ask(place=place, lead=ben_in, form=TeamForm.LEAD_AND_PARTNERS, by=owner_of(ana))
    plan = place.team.plans.get()
    plan_actions.agree(place=ben_in, plan=plan, by=owner_of(ben))
    plan_actions.agree(place=ben_in, plan=plan, by=owner_of(ben))
    assert Lack.NO_FORM in lacking(place.team)
    OutgoingMail.objects.all().delete()
    plan_actions.agree(place=cat_in, plan=plan, by=owner_of(cat))
    assert lacking(place.team) == []
    ben_in.refresh_from_db()
    assert ben_in.leads_since is not None
    assert OutgoingMail.objects.count() == 3
    plan_actions.agree(place=cat_in, plan=plan, by=owner_of(cat))
    assert AuditEvent.objects.filter(verb="team.plan_agreed").count() == 1


def test_one_by_itself_leads_without_asking_or_telling_anybody(ana):
    place = started(ana)
    agreed(place)
    assert lacking(place.team) == [Lack.ALONE]
    assert not OutgoingMail.objects.exists()


def test_changing_the_lead_asks_again_and_the_old_one_stays_until_then(ana, ben):
    place, other = standing(ana, ben)
    plan_actions.ask(place=other, lead=other, form=TeamForm.CO_OPERATIVE, by=owner_of(ben))
    place.refresh_from_db()
    assert place.leads_since is not None
    assert lacking(place.team) == []
    plan_actions.agree(place=place, plan=place.team.plans.asked().get(), by=owner_of(ana))
    other.refresh_from_db()
    place.refresh_from_db()
    assert (place.leads_since is None, other.leads_since is not None) == (True, True)
    place.team.refresh_from_db()
    assert place.team.form == TeamForm.CO_OPERATIVE


def test_one_no_changes_nothing(ana, ben):
    place, other = standing(ana, ben)
    plan_actions.ask(place=other, lead=other, form=TeamForm.CO_OPERATIVE, by=owner_of(ben))
    plan = place.team.plans.asked().get()
    for _ in range(2):
        plan_actions.refuse(place=place, plan=plan, by=owner_of(ana))
    with pytest.raises(Refused):
        plan_actions.agree(place=other, plan=plan, by=owner_of(ben))
    assert lacking(place.team) == []
    place.refresh_from_db()
    assert place.leads_since is not None
    assert AuditEvent.objects.filter(verb="team.plan_refused").count() == 1


def test_what_is_so_already_is_not_asked(ana, ben):
    place, _other = standing(ana, ben)
    with pytest.raises(Refused):
        plan_actions.ask(place=place, lead=place, form=TeamForm.CONSORTIUM, by=owner_of(ana))


def test_a_newer_question_takes_the_place_of_the_older(ana, ben):
    place = started(ana)
    other = joined(place, ben)
    plan_actions.ask(place=place, lead=place, form=TeamForm.CONSORTIUM, by=owner_of(ana))
    plan_actions.ask(place=place, lead=place, form=TeamForm.CONSORTIUM, by=owner_of(ana))
    assert place.team.plans.count() == 1
    plan_actions.ask(place=other, lead=other, form=TeamForm.CONSORTIUM, by=owner_of(ben))
    assert place.team.plans.asked().get().lead == other
    # Asking for what is asked already is a yes to it.
    plan_actions.ask(place=place, lead=other, form=TeamForm.CONSORTIUM, by=owner_of(ana))
    assert lacking(place.team) == []


def test_who_is_not_in_the_team_cannot_lead_it(ana, ben, cat):
    place = started(ana)
    joined(place, ben)
    outside = started(cat, name="Another team")
    with pytest.raises(Refused):
        plan_actions.ask(place=place, lead=outside, form=TeamForm.CONSORTIUM, by=owner_of(ana))


def test_a_team_whose_lead_left_has_none(ana, ben, cat):
    place, ben_in, _cat_in = standing(ana, ben, cat)
    plan_actions.ask(place=ben_in, lead=place, form=TeamForm.CO_OPERATIVE, by=owner_of(ben))
    actions.leave(place=place, by=owner_of(ana))
    assert lacking(place.team) == [Lack.NO_LEAD]
    assert not place.team.plans.asked().exists()
    agreed(ben_in)
    assert lacking(place.team) == []


def test_who_joins_says_yes_to_how_the_team_works(ana, ben, cat):
    place, _ben_in = standing(ana, ben)
    cat_in = joined(place, cat)
    assert lacking(place.team) == []
    assert cat_in.said_yes.filter(plan__agreed_at__isnull=False).count() == 1


def test_the_others_go_on_without_one_that_was_suspended(ana, ben, cat, checker):
    place, ben_in, cat_in = standing(ana, ben, cat)
    with pytest.raises(Refused):
        actions.go_on_without(place=place, other=ben_in, by=owner_of(ana))
    Provider.every.filter(pk=ben.pk).update(suspended_at=NOW, suspended_by=checker)
    assert lacking(place.team) == [Lack.MEMBER]
    OutgoingMail.objects.all().delete()
    for _ in range(2):
        actions.go_on_without(place=place, other=ben_in, by=owner_of(ana))
    assert lacking(place.team) == []
    assert OutgoingMail.objects.get().to == owner_of(ben).email
    actions.go_on_without(place=cat_in, other=cat_in, by=owner_of(cat))
    assert set(place.team.members_on(timezone.localdate())) == {place, cat_in}


def test_only_the_lead_ends_a_team_and_the_others_are_told(ana, ben):
    place, other = standing(ana, ben)
    with pytest.raises(Refused):
        actions.end(place=other, by=owner_of(ben))
    OutgoingMail.objects.all().delete()
    for _ in range(2):
        actions.end(place=place, by=owner_of(ana))
    assert OutgoingMail.objects.get().to == owner_of(ben).email
    assert AuditEvent.objects.filter(verb="team.ended").count() == 1
    with pytest.raises(Refused):
        plan_actions.ask(place=other, lead=other, form=TeamForm.CONSORTIUM, by=owner_of(ben))


def test_the_lead_alone_changes_its_name_once_there_is_one(ana, ben):
    place = started(ana)
    other = joined(place, ben)
    actions.change(place=other, name="Better", purpose="All week", by=owner_of(ben))
    agreed(place)
    OutgoingMail.objects.all().delete()
    with pytest.raises(Refused):
        actions.change(place=other, name="Worse", purpose="All week", by=owner_of(ben))
    for _ in range(2):
        actions.change(place=place, name="Best", purpose="All week", by=owner_of(ana))
    assert OutgoingMail.objects.get().to == owner_of(ben).email
    assert AuditEvent.objects.filter(verb="team.changed").last().fields == ["name"]
