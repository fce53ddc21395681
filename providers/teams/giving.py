"""What a provider can give to a team, as its public listing says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from providers.meaning.vocabulary import vocabulary
from providers.models import Listing, TeamMember
from providers.teams.rules import Gives, together


def listed_of(providers: Collection[UUID]) -> dict[UUID, Gives]:
    """By provider, what its approved services come to. One query."""
    services: defaultdict[UUID, list[Gives]] = defaultdict(list)
    rows = Listing.objects.filter(provider__in=providers).select_related("version")
    for listing in rows.only("provider", "service", "version__content"):
        services[listing.provider_id].append(of_listing(listing))
    return {provider: together(found) for provider, found in services.items()}


def listed_by(provider: UUID) -> Gives:
    return listed_of([provider]).get(provider, together([]))


def of_listing(listing: Listing) -> Gives:
    service = next(one for one in listing.version.content["services"] if one["id"] == str(listing.pk))
    return _of_frozen(service)


def _of_frozen(service: dict[str, Any]) -> Gives:
    said = service["availability"]
    return Gives(frozenset(service["categories"]), said["hours_free"], frozenset(said["days"]))


def promised(places: Iterable[TeamMember]) -> dict[UUID, Gives]:
    """By place, what it says that it gives; `kinds` come with the places (prefetch them)."""
    return {
        place.pk: Gives(frozenset(kind.pk for kind in place.kinds.all()), place.hours_a_week, frozenset(place.days))
        for place in places
    }


def names_of(kinds: Collection[str]) -> list[str]:
    """In the order of the vocabulary."""
    return [term.name for term in vocabulary().terms if term.code in kinds]
