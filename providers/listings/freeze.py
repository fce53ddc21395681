"""A provider's listing as one JSON-safe value: what a Version keeps, and what the public reads.

Nothing here may say where somebody lives: a base is a town and the first half of a postcode (rule 10). The exact
point stays in Coverage and in the search table.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from providers.models import Availability, Coverage, Credential, Provider, Service
from providers.models.coverage import Reach

METRES_IN_A_MILE = 1609.344

PLAIN_FACTS = ["name", "slug", "legal_form", "people", "employs_anyone", "run_by_members", "about"]
CONTACT_FACTS = ["phone", "email", "website", "prefers_calls", "town", "outcode", "source", "is_invented"]
SERVICE_FACTS = ["name", "description", "client_groups", "delivery", "languages", "minimum_minutes", "accessibility"]
PAYING_FACTS = ["payers", "price_pence", "price_unit", "price_note"]
REGULATION_FACTS = ["regulatory_basis", "regulator", "registration_number", "source_says"]


def ready_to_freeze(providers: QuerySet[Provider], services: QuerySet[Service] | None = None) -> QuerySet[Provider]:
    """The same providers with all that freezing reads, in a fixed number of queries.

    Only approved services, unless `services` says otherwise: a checker also reads those that wait for a yes.
    """
    chosen = Service.every.approved() if services is None else services
    shown = chosen.select_related("availability").prefetch_related(
        "categories", "coverage__district", "coverage__council__districts", "extras", "weekly_hours"
    )
    in_force = Credential.every.filter(replaced_at__isnull=True)
    return providers.select_related("home_council").prefetch_related(
        "identifiers", Prefetch("services", shown), Prefetch("credentials", in_force)
    )


def frozen_listing(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself today, fit for the public, with only strings, numbers, lists and None.

    The provider must come from `ready_to_freeze`, which decides what services are shown.
    """
    return {
        **{fact: getattr(provider, fact) for fact in PLAIN_FACTS + CONTACT_FACTS},
        "home_council": provider.home_council_id,
        "identifiers": [{"scheme": held.scheme, "value": held.value} for held in provider.identifiers.all()],
        "services": [_frozen_service(service, provider) for service in provider.services.all()],
        "credentials": [str(held.pk) for held in provider.credentials.all() if held.replaced_at is None],
    }


def _frozen_service(service: Service, provider: Provider) -> dict[str, Any]:
    return {
        "id": str(service.pk),
        **{fact: getattr(service, fact) for fact in SERVICE_FACTS + PAYING_FACTS + REGULATION_FACTS},
        "categories": [category.pk for category in service.categories.all()],
        "coverage": [_frozen_coverage(row, provider) for row in service.coverage.all()],
        "extras": [
            {"for": extra.extra_for, "price_pence": extra.price_pence, "price_unit": extra.price_unit}
            for extra in service.extras.all()
        ],
        "hours": _frozen_hours(service),
        "availability": _frozen_availability(getattr(service, "availability", None)),
    }


def _frozen_coverage(row: Coverage, provider: Provider) -> dict[str, Any]:
    if row.reach == Reach.DISTANCE:
        miles = round((row.metres or 0) / METRES_IN_A_MILE, 1)
        return {"reach": row.reach, "miles": miles, "from": provider.outcode or provider.town}
    if row.reach == Reach.COME_TO_US:
        shown = row.place or " ".join(filter(None, [provider.town, provider.outcode]))
        return {"reach": row.reach, "place": shown}
    area = row.council or row.district
    return {"reach": row.reach, "code": area.pk if area else "", "name": area.name if area else ""}


def _frozen_hours(service: Service) -> dict[str, list[list[int]]]:
    """Spans of minutes after midnight by day, in the order of the day."""
    hours: dict[str, list[list[int]]] = {}
    for row in service.weekly_hours.all():
        hours.setdefault(row.day, []).append([row.starts_minute, row.ends_minute])
    return hours


def _frozen_availability(availability: Availability | None) -> dict[str, Any]:
    """An empty one where nothing was ever said: the public then reads "not known"."""
    said = availability or Availability()
    return {
        "days": said.days,
        "parts": said.parts,
        "space": said.space,
        "away_until": _written(said.away_until),
        "hours_free": said.hours_free,
        "confirmed_on": _written(said.confirmed_on),
    }


def _written(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
