"""How a team stands today, from the register: who can be counted on, and what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max

from providers.listings.freshness import oldest_good as oldest_good
from providers.models import Listing, Team, TeamMember
from providers.teams.rules import Inside, Lack, lacks


def inside_of(places: Sequence[TeamMember]) -> dict[UUID, Inside]:
    """Each member as it is today, by its place; `provider` comes with the places. One query."""
    rows = Listing.objects.filter(provider__in=[place.provider_id for place in places]).order_by()
    confirmed = dict(rows.values_list("provider").annotate(last=Max("confirmed_on")))
    return {place.pk: _inside(place, confirmed.get(place.provider_id)) for place in places}


def lacks_of(team: Team, places: Sequence[TeamMember], today: datetime.date) -> list[Lack]:
    return lacks(list(inside_of(places).values()), team.form, oldest_good(today))


def _inside(place: TeamMember, confirmed_on: datetime.date | None) -> Inside:
    provider = place.provider
    return Inside(
        is_listed=provider.listed_at is not None,
        is_suspended=provider.suspended_at is not None,
        is_gone=provider.left_at is not None,
        confirmed_on=confirmed_on,
        leads=place.leads_since is not None,
    )
