"""A provider's listing as one JSON-safe value: what a Version keeps, and what the public reads.

Nothing here may say where somebody lives: a base is a town and the first half of a postcode (rule 10). The exact
point stays in Coverage and in the search table.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from providers.listings.gathering import FACTS, GatheredProvider, GatheredService, Times, Way, as_gathered
from providers.models import Credential, Provider, Service
from providers.models.coverage import Reach

METRES_IN_A_MILE = 1609.344

PLAIN_FACTS = ["name", "slug", "legal_form", "people", "employs_anyone", "run_by_members", "about"]
CONTACT_FACTS = ["phone", "email", "website", "prefers_calls", "town", "outcode", "source", "is_invented"]


def ready_to_freeze(providers: QuerySet[Provider], services: QuerySet[Service] | None = None) -> QuerySet[Provider]:
    """The same providers with all that freezing reads, in a fixed number of queries; for many there is `gathered`.

    Only approved services, unless `services` says otherwise: a checker also reads those that wait for a yes.
    """
    chosen = Service.every.approved() if services is None else services
    shown = chosen.select_related("availability").prefetch_related(
        "categories", "coverage__district", "coverage__council", "extras", "weekly_hours"
    )
    in_force = Credential.every.filter(replaced_at__isnull=True)
    return providers.select_related("home_council").prefetch_related(
        "identifiers", Prefetch("services", shown), Prefetch("credentials", in_force)
    )


def frozen_listing(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself today, fit for the public, with only strings, numbers, lists and None.

    The provider must come from `ready_to_freeze`, which decides what services are shown.
    """
    return frozen(as_gathered(provider))


def frozen(whole: GatheredProvider) -> dict[str, Any]:
    provider = whole.provider
    return {
        **{fact: getattr(provider, fact) for fact in PLAIN_FACTS + CONTACT_FACTS},
        "home_council": provider.home_council_id,
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in whole.identifiers],
        "services": [_frozen_service(service, provider) for service in whole.services],
        "credentials": [str(key) for key in whole.credentials],
    }


def _frozen_service(service: GatheredService, provider: Provider) -> dict[str, Any]:
    return {
        "id": str(service.id),
        **{fact: service.facts[fact] for fact in FACTS},
        "categories": service.categories,
        "coverage": [_frozen_coverage(row, provider) for row in service.coverage],
        "extras": [{"for": when, "price_pence": pence, "price_unit": unit} for when, pence, unit in service.extras],
        "hours": _frozen_hours(service),
        "availability": _frozen_times(service.times),
    }


def _frozen_coverage(row: Way, provider: Provider) -> dict[str, Any]:
    if row.reach == Reach.DISTANCE:
        miles = round((row.metres or 0) / METRES_IN_A_MILE, 1)
        return {"reach": row.reach, "miles": miles, "from": provider.outcode or provider.town}
    if row.reach == Reach.COME_TO_US:
        shown = row.place or " ".join(filter(None, [provider.town, provider.outcode]))
        return {"reach": row.reach, "place": shown}
    return {"reach": row.reach, "code": row.area.code if row.area else "", "name": row.area.name if row.area else ""}


def _frozen_hours(service: GatheredService) -> dict[str, list[list[int]]]:
    """Spans of minutes after midnight by day, in the order of the day."""
    hours: dict[str, list[list[int]]] = {}
    for day, start, end in service.hours:
        hours.setdefault(day, []).append([start, end])
    return hours


def _frozen_times(said: Times) -> dict[str, Any]:
    return {
        "days": list(said.days),
        "parts": list(said.parts),
        "space": said.space,
        "away_until": _written(said.away_until),
        "hours_free": said.hours_free,
        "confirmed_on": _written(said.confirmed_on),
    }


def _written(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
