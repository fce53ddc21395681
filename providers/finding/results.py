"""A page of found services, each with why it was found and what was checked. Queries do not grow with the rows."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from providers.finding import wording
from providers.finding.checks import Checks, checks_of
from providers.listings.search import Hit
from providers.models.coverage import Reach
from providers.models.listing import ListingQuerySet
from providers.models.service import Payer
from registry.places.lookup import Place


@dataclass(frozen=True)
class Result:
    """What one card shows, from the approved version; the frozen facts themselves are for the feed."""

    id: str
    name: str
    description: str
    provider_name: str
    slug: str
    why: list[str]
    price: str
    other_prices: list[str]
    when: str
    space: str
    accessibility: list[str]
    payers: list[str]
    categories: list[str]
    regulation: str
    checks: Checks
    source: str
    content: wording.Frozen
    service: wording.Frozen
    provider_id: UUID


@dataclass
class Row:
    """A listed service with what its card is made of; `hit` says how it was found, where it was."""

    service_id: UUID
    provider_id: UUID
    content: wording.Frozen
    nation: str
    confirmed_on: datetime.date | None
    hit: Hit | None = None


def rows_among(listings: ListingQuerySet) -> list[Row]:
    """Rows and no models: a page of results is asked for more often than any other."""
    columns = ("service_id", "provider_id", "version__content", "provider__home_council__nation", "confirmed_on")
    return [Row(*row) for row in listings.values_list(*columns)]


# As `rows_among` would read them of `Listing.listed`: for a page of results Django takes longer to ask than PostgreSQL
# to answer.
FOUND = """
SELECT listing.service_id, listing.provider_id, version.content, council.nation, listing.confirmed_on
FROM providers_listing AS listing
JOIN providers_version AS version ON version.id = listing.version_id
JOIN providers_provider AS provider ON provider.id = listing.provider_id
JOIN registry_council AS council ON council.code = provider.home_council_id
WHERE listing.service_id = ANY(%s) AND provider.suspended_at IS NULL AND provider.left_at IS NULL
"""


def rows_of(hits: Sequence[Hit]) -> list[Row]:
    """The listings of what was found, in its order, each with its distance and its ways. One query.

    One that was suspended or has left since the question was asked is not among them.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [[hit.listing_id for hit in hits]])
        found = {row[0]: row for row in cursor.fetchall()}
    return [_row(found[hit.listing_id], hit) for hit in hits if hit.listing_id in found]


def _row(found: tuple[Any, ...], hit: Hit) -> Row:
    service, provider, content, nation, confirmed_on = found
    # Which JSON comes read already depends on who opened the connection.
    read = json.loads(content) if isinstance(content, str) else content
    return Row(service, provider, read, nation, confirmed_on, hit)


def results(rows: Sequence[Row], place: Place | None, today: datetime.date) -> list[Result]:
    """Cards for rows that came through `rows_of`, or through `rows_among` where there is no place."""
    people = {row.provider_id: row.content["people"] for row in rows}
    checks = checks_of(people, today, people)
    return [_result(row, place, checks[row.provider_id], today) for row in rows]


def _result(row: Row, place: Place | None, checks: Checks, today: datetime.date) -> Result:
    content = row.content
    service = next(frozen for frozen in content["services"] if frozen["id"] == str(row.service_id))
    return Result(
        id=service["id"],
        name=service["name"],
        description=service["description"],
        provider_name=content["name"],
        slug=content["slug"],
        why=_why(row.hit, service, place) if place and row.hit else [wording.where(way) for way in service["coverage"]],
        price=wording.price(service),
        other_prices=wording.extra_prices(service),
        when="; ".join(wording.hours(service)) or wording.times(service["availability"]),
        space=wording.space(service["availability"] | wording.confirmed(row.confirmed_on), today),
        accessibility=wording.accessibility(service),
        payers=wording.labels(Payer, service["payers"]),
        categories=wording.category_names(service["categories"]),
        regulation=wording.regulation(service, row.nation),
        checks=checks,
        source=content["source"],
        content=content,
        service=service,
        provider_id=row.provider_id,
    )


def _why(hit: Hit, service: wording.Frozen, place: Place) -> list[str]:
    """Each way in which it reaches the place; where it does not, each way it has, for those who look further."""
    away = wording.miles_away(hit.metres_away)
    said = [words for way in service["coverage"] if (words := _way(hit, way, place, away))]
    return said or [_with(wording.where(way), away) for way in service["coverage"]]


def _way(hit: Hit, way: wording.Frozen, place: Place, away: str) -> str:
    if way["reach"] == Reach.DISTANCE:
        return wording.comes_to(way, place.outcode, away) if hit.comes else ""
    if way["reach"] == Reach.COME_TO_US:
        return _with(wording.where(way), away) if hit.near_enough else ""
    here = (place.district_code, place.council.pk if place.council else "")
    return wording.based(wording.where(way), "" if hit.comes else away) if way["code"] in here else ""


def _with(words: str, away: str) -> str:
    return f"{words}, {away}" if away else words
