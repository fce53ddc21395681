"""A team's page as its members read it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from providers.listings.hours import days_in_words
from providers.models import TeamMember, TeamPlan, TeamYes
from providers.models.team import TeamForm
from providers.teams.actions import may_end, may_speak
from providers.teams.giving import names_of
from providers.teams.holding import present
from providers.teams.rules import Inside, goes_on_without, lacks, trouble
from providers.teams.state import inside_of, oldest_good
from providers.teams.wording import FORMS, LACKS, TROUBLES, Told, Words


@dataclass(frozen=True)
class Member:
    """One that is in it: what it gives, and what stands in the way today."""

    place: TeamMember
    is_us: bool
    is_listed: bool
    kinds: list[str]
    days: list[str]
    trouble: Words
    may_go_on_without: bool


@dataclass(frozen=True)
class Asked:
    """A question to all members: who said yes, who has not answered, and whether that is us."""

    yes: list[str]
    waits_for: list[str]
    waits_for_us: bool


@dataclass(frozen=True)
class TeamPage:
    mine: TeamMember
    members: list[Member]
    lacks: list[Words]
    form: TeamForm | None
    told: Told | None
    lead: TeamMember | None
    plan: tuple[TeamPlan, Asked] | None
    named: list[tuple[TeamMember, Asked]]
    invited: list[TeamMember]
    answered_no: list[TeamMember]
    may_speak: bool
    may_end: bool

    @property
    def is_complete(self) -> bool:
        return not self.lacks


def page_of(mine: TeamMember, now: datetime.datetime) -> TeamPage:
    team, oldest = mine.team, oldest_good(timezone.localdate(now))
    current = TeamMember.objects.current().filter(team=team).select_related("provider").prefetch_related("kinds")
    places = list(current)
    inside = inside_of(places)
    asked_of = present(team)
    rows = TeamMember.objects.filter(team=team).select_related("provider")
    named = rows & TeamMember.objects.proposed_at(now)
    plans = TeamPlan.objects.asked().filter(team=team).select_related("lead__provider", "asked_by__provider")
    plan = plans.prefetch_related("yeses").first()
    form = TeamForm(team.form) if team.form else None
    return TeamPage(
        mine=mine,
        members=[_member(place, inside[place.pk], mine, oldest) for place in places],
        lacks=[LACKS[lack] for lack in lacks(list(inside.values()), team.form, oldest)],
        form=form,
        told=FORMS[form] if form else None,
        lead=next((place for place in places if place.leads_since), None),
        plan=(plan, _asked(asked_of, mine, plan.yeses.all())) if plan else None,
        named=[(one, _asked(asked_of, mine, one.yeses.all())) for one in named.prefetch_related("yeses")],
        invited=list(rows & TeamMember.objects.invited_at(now)),
        answered_no=list(rows.filter(declined_at__isnull=False).order_by("-declined_at")),
        may_speak=may_speak(mine, places),
        may_end=may_end(mine, asked_of),
    )


def _member(place: TeamMember, inside: Inside, mine: TeamMember, oldest: datetime.date) -> Member:
    found = trouble(inside, oldest)
    return Member(
        place=place,
        is_us=place.pk == mine.pk,
        is_listed=inside.is_listed and not inside.is_suspended and not inside.is_gone,
        kinds=names_of({kind.pk for kind in place.kinds.all()}),
        days=days_in_words(place.days),
        trouble=TROUBLES[found] if found else "",
        may_go_on_without=place.pk != mine.pk and goes_on_without(inside, oldest),
    )


def _asked(members: Sequence[TeamMember], mine: TeamMember, said: Iterable[TeamYes]) -> Asked:
    yeses = {one.member_id for one in said}
    return Asked(
        yes=[member.provider.name for member in members if member.pk in yeses],
        waits_for=[member.provider.name for member in members if member.pk not in yeses],
        waits_for_us=mine.pk not in yeses,
    )
