"""The listed services that come near a council, in the approved words, as one question to the database.

A base is taken to be in the middle of its postcode district: from a map of who is reached by a single service, a home
could be found otherwise (rule 10). A place that people go to, and that is not the base, stays where it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from commissioning.market.ground import Ground, Mask
from providers.models.geometry import CircleField
from registry.models import Outcode
from registry.places.population import Circle

# A base may lie as far from the middle of its postcode district; what is read too much, the points then leave out.
AROUND_METRES = 30_000

NEAR = """
SELECT listing.service_id, listing.provider_id, listing.categories, listing.areas,
    radius(listing.reach), (center(listing.come_to_us))[0], (center(listing.come_to_us))[1], radius(listing.come_to_us),
    listing.space, listing.away_until, listing.price_pence, listing.price_unit,
    told ->> 'outcode', told ->> 'town', (told ->> 'people')::int, (told ->> 'employs_anyone')::boolean,
    told ->> 'source' <> '', ARRAY(SELECT jsonb_array_elements_text(told -> 'credentials')),
    service ->> 'regulatory_basis', (service #>> '{availability,hours_free}')::int,
    (SELECT way ->> 'place' FROM jsonb_array_elements(service -> 'coverage') AS way
        WHERE way ->> 'reach' = 'come_to_us' LIMIT 1)
FROM providers_listing AS listing
JOIN providers_provider AS provider ON provider.id = listing.provider_id
JOIN providers_version AS version ON version.id = listing.version_id
CROSS JOIN LATERAL (SELECT version.content) AS whole (told)
CROSS JOIN LATERAL (
    SELECT said FROM jsonb_array_elements(told -> 'services') AS said
    WHERE said ->> 'id' = listing.service_id::text LIMIT 1
) AS one (service)
WHERE provider.suspended_at IS NULL AND provider.left_at IS NULL
    AND (listing.reach && %(around)s::circle OR listing.come_to_us && %(around)s::circle
        OR listing.areas && %(districts)s::varchar[])
ORDER BY listing.service_id
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """One listed service. `credentials`: those that the approved version names; `basis` is its regulatory one."""

    service: UUID
    provider: UUID
    categories: tuple[str, ...]
    circles: tuple[Circle, ...]
    districts: frozenset[str]
    space: str
    away_until: datetime.date | None
    hours_free: int | None
    price_pence: int | None
    price_unit: str
    basis: str
    people: int | None
    employs_anyone: bool | None
    imported: bool
    credentials: tuple[str, ...]

    def reached(self, ground: Ground, *, further: int = 0) -> Mask:
        return ground.reached(self.circles, self.districts, further=further)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the question, named."""

    service: UUID
    provider: UUID
    categories: list[str]
    areas: list[str]
    travels: float | None
    door_east: float | None
    door_north: float | None
    door_metres: float | None
    space: str
    away_until: datetime.date | None
    price_pence: int | None
    price_unit: str
    outcode: str
    town: str
    people: int | None
    employs_anyone: bool | None
    imported: bool
    credentials: list[str]
    basis: str
    hours_free: int | None
    place: str | None


def offers_near(ground: Ground) -> list[Offer]:
    """Those that may come to a point of the ground, or would if they came a little further. Two queries."""
    if ground.circle is None:
        return []
    around = CircleField.written(ground.circle.easting, ground.circle.northing, ground.circle.metres + AROUND_METRES)
    with connection.cursor() as cursor:
        cursor.execute(NEAR, {"around": around, "districts": sorted(set(ground.districts))})
        rows = [_Row(*row) for row in cursor.fetchall()]
    middles = {place.pk: place for place in Outcode.objects.filter(pk__in={row.outcode for row in rows})}
    return [_offer(row, middles) for row in rows]


def _offer(row: _Row, middles: Mapping[str, Outcode]) -> Offer:
    return Offer(
        service=row.service,
        provider=row.provider,
        categories=tuple(row.categories),
        circles=tuple(_circles(row, middles.get(row.outcode))),
        districts=frozenset(row.areas),
        space=row.space,
        away_until=row.away_until,
        hours_free=row.hours_free,
        price_pence=row.price_pence,
        price_unit=row.price_unit,
        basis=row.basis,
        people=row.people,
        employs_anyone=row.employs_anyone,
        imported=row.imported,
        credentials=tuple(row.credentials),
    )


def _circles(row: _Row, base: Outcode | None) -> Iterator[Circle]:
    """None of a base whose postcode district nobody knows: its own point is not for a map."""
    if row.travels is not None and base:
        yield Circle(base.easting, base.northing, round(row.travels))
    if row.door_east is None or row.door_north is None or row.door_metres is None:
        return
    # As freezing writes a door that is the base itself.
    is_base = row.place == " ".join(filter(None, [row.town, row.outcode]))
    if not is_base:
        yield Circle(round(row.door_east), round(row.door_north), round(row.door_metres))
    elif base:
        yield Circle(base.easting, base.northing, round(row.door_metres))
