"""A team that stands and an invitation that waits, for the business that visitors sign in as; by the actions alone."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from uuid import UUID

from providers.listings.freshness import oldest_good
from providers.models import Listing, Provider, ProviderMembership, TeamMember
from providers.models.provider_membership import ProviderRole
from providers.models.team import TeamForm
from providers.teams import actions, asking_actions, plan_actions
from providers.teams.giving import listed_by
from providers.teams.near import base_of, near, new_kinds
from registry.models import User

PARTNERS = 2
TEAM = (
    "The Weekday Table",
    "Meals, company and a hand in the house, on every day of the week, from people who know each other",
)
INVITES = (
    "Home Again Together",
    "Help for the first weeks after a stay in hospital, so that nobody comes home to an empty fridge",
)


def write_teams(lead: Provider, today: datetime.date) -> None:
    """Nothing where too few work near it. Those who stand in the team have said lately that all is right."""
    partners = _partners(lead, today)
    if len(partners) <= PARTNERS:
        return
    _stand(lead, partners[:PARTNERS])
    host = partners[PARTNERS]
    place = actions.start(provider=host, name=INVITES[0], purpose=INVITES[1], by=_owner(host))
    asking_actions.ask(place=place, other=lead, by=_owner(host))


def _partners(lead: Provider, today: datetime.date) -> list[Provider]:
    base = base_of(lead)
    found = near(base, [lead.pk], [], frozenset()) if base else []
    fresh = {row.provider_id for row in found if row.confirmed_on and row.confirmed_on >= oldest_good(today)}
    if not Listing.objects.filter(provider=lead, confirmed_on__gte=oldest_good(today)).exists():
        return []
    offered = new_kinds(found, [listed_by(lead.pk)], set(), same=False)
    return _in_order([partner.id for partner in offered if partner.id in fresh][: PARTNERS + 1])


def _in_order(ids: Sequence[UUID]) -> list[Provider]:
    by_id = Provider.every.in_bulk(ids)
    return [by_id[key] for key in ids]


def _stand(lead: Provider, partners: Sequence[Provider]) -> None:
    first = actions.start(provider=lead, name=TEAM[0], purpose=TEAM[1], by=_owner(lead))
    for partner in partners:
        newcomer = asking_actions.ask(place=first, other=partner, by=_owner(lead))
        for member in TeamMember.objects.current().filter(team=first.team).select_related("provider"):
            asking_actions.agree(place=member, newcomer=newcomer, by=_owner(member.provider))
        asking_actions.accept(place=newcomer, by=_owner(partner))
    plan_actions.ask(place=first, lead=first, form=TeamForm.LEAD_AND_PARTNERS, by=_owner(lead))
    plan = first.team.plans.get()
    for member in TeamMember.objects.current().filter(team=first.team).exclude(pk=first.pk).select_related("provider"):
        plan_actions.agree(place=member, plan=plan, by=_owner(member.provider))


def _owner(provider: Provider) -> User:
    owners = ProviderMembership.objects.current().filter(provider=provider, role=ProviderRole.OWNER)
    return owners.select_related("user").order_by("pk")[0].user
