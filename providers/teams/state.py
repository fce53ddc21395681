"""The members of a team as the register has them today, for the rules to judge."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max

from providers.listings.freshness import oldest_good as oldest_good
from providers.models import Listing, TeamMember
from providers.teams.rules import Inside


def inside_of(places: Sequence[TeamMember]) -> dict[UUID, Inside]:
    """Each member as it is today, by its place; `provider` comes with the places. One query."""
    rows = Listing.objects.filter(provider__in=[place.provider_id for place in places]).order_by()
    confirmed = dict(rows.values_list("provider").annotate(last=Max("confirmed_on")))
    return {place.pk: _inside(place, confirmed.get(place.provider_id)) for place in places}


def _inside(place: TeamMember, confirmed_on: datetime.date | None) -> Inside:
    provider = place.provider
    return Inside(
        is_listed=provider.listed_at is not None,
        is_suspended=provider.suspended_at is not None,
        is_gone=provider.left_at is not None,
        confirmed_on=confirmed_on,
        leads=place.leads_since is not None,
    )
