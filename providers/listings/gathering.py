"""Providers with all that a listing is made of, as plain values.

An import publishes hundreds of thousands at once, and a model for each coverage and each hour of the week would take
longer to make than to write. So many are read in a query a table; one that was read already is taken as it stands.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

from providers.models import (
    Availability,
    Coverage,
    Credential,
    Identifier,
    PriceExtra,
    Provider,
    Service,
    WeeklyHours,
)
from registry.models import Council, District

SERVICE_FACTS = ["name", "description", "client_groups", "delivery", "languages", "minimum_minutes", "accessibility"]
PAYING_FACTS = ["payers", "price_pence", "price_unit", "price_note"]
REGULATION_FACTS = ["regulatory_basis", "regulator", "registration_number", "source_says"]
FACTS = SERVICE_FACTS + PAYING_FACTS + REGULATION_FACTS


class Area(NamedTuple):
    """A council with its districts, or one district."""

    code: str
    name: str
    districts: tuple[str, ...]


class Way(NamedTuple):
    """One way in which a service reaches people."""

    reach: str
    easting: int | None
    northing: int | None
    metres: int | None
    place: str
    area: Area | None


class Times(NamedTuple):
    """When a service is given, and whether there is room; by itself, that nothing was ever said."""

    days: Collection[str] = ()
    parts: Collection[str] = ()
    space: str = Availability.space.field.default
    away_until: datetime.date | None = None
    hours_free: int | None = None
    confirmed_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class GatheredService:
    id: UUID
    facts: dict[str, Any]
    categories: list[str]
    coverage: list[Way]
    # (when, pence, unit) and (day, from, to)
    extras: list[tuple[str, int, str]]
    hours: list[tuple[str, int, int]]
    times: Times


@dataclass(frozen=True, slots=True)
class GatheredProvider:
    provider: Provider
    # (scheme, value)
    identifiers: list[tuple[str, str]]
    services: list[GatheredService]
    credentials: list[UUID]


def gathered(keys: Collection[UUID]) -> list[GatheredProvider]:
    """These providers with their approved services."""
    of_provider = models.Q(provider__in=keys)
    identifiers = _by(Identifier.objects.filter(of_provider).values_list("provider", "scheme", "value"))
    in_force = Credential.every.filter(of_provider, replaced_at__isnull=True)
    credentials = _by(in_force.values_list("provider", "pk"))
    services = _services(keys)
    return [
        GatheredProvider(
            provider=provider,
            identifiers=identifiers[provider.pk],
            services=services[provider.pk],
            credentials=[key for (key,) in credentials[provider.pk]],
        )
        for provider in Provider.every.filter(pk__in=keys)
    ]


def as_gathered(provider: Provider) -> GatheredProvider:
    """One whose rows were fetched by `ready_to_freeze`, with those services that it chose."""
    return GatheredProvider(
        provider=provider,
        identifiers=[(held.scheme, held.value) for held in provider.identifiers.all()],
        services=[_as_gathered(service) for service in provider.services.all()],
        credentials=[held.pk for held in provider.credentials.all() if held.replaced_at is None],
    )


def _services(keys: Collection[UUID]) -> defaultdict[UUID, list[GatheredService]]:
    rows = list(
        Service.every.approved()
        .filter(provider__in=keys)
        .order_by("name", "pk")
        .values_list("provider_id", "pk", *FACTS)
    )
    of_service = models.Q(service__in=[row[1] for row in rows])
    labelled = Service.categories.through.objects.filter(of_service).order_by("category__position")
    categories = _by(labelled.values_list("service_id", "category_id"))
    coverage = _coverage(of_service)
    extras = _by(PriceExtra.objects.filter(of_service).values_list("service", "extra_for", "price_pence", "price_unit"))
    spans = WeeklyHours.objects.filter(of_service).order_by("service", "starts_minute")
    hours = _by(spans.values_list("service", "day", "starts_minute", "ends_minute"))
    times = _by(Availability.objects.filter(of_service).values_list("service", *Times._fields))
    found: defaultdict[UUID, list[GatheredService]] = defaultdict(list)
    for provider, key, *facts in rows:
        found[provider].append(
            GatheredService(
                id=key,
                facts=dict(zip(FACTS, facts, strict=True)),
                categories=[code for (code,) in categories[key]],
                coverage=coverage[key],
                extras=extras[key],
                hours=hours[key],
                times=Times(*times[key][0]) if times[key] else Times(),
            )
        )
    return found


def _by(rows: Iterable[tuple[Any, ...]]) -> defaultdict[UUID, list[Any]]:
    """Rows without their first column, by it."""
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for key, *row in rows:
        found[key].append(tuple(row))
    return found


def _coverage(of_service: models.Q) -> defaultdict[UUID, list[Way]]:
    columns = ("service", "reach", "easting", "northing", "metres", "place", "council", "district")
    rows = list(Coverage.objects.filter(of_service).order_by("pk").values_list(*columns))
    areas = _areas({council for *_rest, council, _district in rows}, {row[-1] for row in rows})
    found: defaultdict[UUID, list[Way]] = defaultdict(list)
    for key, reach, easting, northing, metres, place, council, district in rows:
        found[key].append(Way(reach, easting, northing, metres, place, areas.get((council, district))))
    return found


def _areas(councils: set[str | None], districts: set[str | None]) -> dict[tuple[str | None, str | None], Area]:
    within: dict[str, list[str]] = defaultdict(list)
    found: dict[tuple[str | None, str | None], Area] = {}
    wanted = models.Q(pk__in=districts - {None}) | models.Q(council__in=councils - {None})
    for code, name, council in District.objects.filter(wanted).values_list("pk", "name", "council"):
        found[None, code] = Area(code, name, (code,))
        within[council].append(code)
    for code, name in Council.objects.filter(pk__in=councils - {None}).values_list("pk", "name"):
        found[code, None] = Area(code, name, tuple(within[code]))
    return found


def _as_gathered(service: Service) -> GatheredService:
    said = getattr(service, "availability", None)
    return GatheredService(
        id=service.pk,
        facts={fact: getattr(service, fact) for fact in FACTS},
        categories=[category.pk for category in service.categories.all()],
        coverage=[_way(row) for row in service.coverage.all()],
        extras=[(extra.extra_for, extra.price_pence, extra.price_unit) for extra in service.extras.all()],
        hours=[(row.day, row.starts_minute, row.ends_minute) for row in service.weekly_hours.all()],
        times=Times(*(getattr(said, name) for name in Times._fields)) if said else Times(),
    )


def _way(row: Coverage) -> Way:
    area = row.council or row.district
    # Its districts are for whoever lists, and are read with many.
    return Way(
        row.reach, row.easting, row.northing, row.metres, row.place, Area(area.pk, area.name, ()) if area else None
    )
