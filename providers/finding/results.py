"""A page of found services, each with why it was found and what was checked. Queries do not grow with the rows."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from providers.finding import wording
from providers.finding.checks import Checks, checks_of
from providers.listings.search import Hit
from providers.models import Listing
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


def with_versions(listings: ListingQuerySet) -> ListingQuerySet:
    return listings.select_related("version", "provider__home_council").defer("provider__home_council__boundary")


def rows_of(hits: Sequence[Hit]) -> list[Listing]:
    """The listings of what was found, in its order, each with its distance and its ways. One query.

    One that was suspended or has left since the question was asked is not among them.
    """
    found = {row.pk: row for row in with_versions(Listing.listed.filter(pk__in=[hit.listing_id for hit in hits]))}
    rows = []
    for hit in hits:
        if row := found.get(hit.listing_id):
            row.metres_away, row.near_enough = hit.metres_away, hit.near_enough
            row.comes, row.anywhere_in_area = hit.comes, hit.anywhere_in_area
            rows.append(row)
    return rows


def results(rows: Sequence[Listing], place: Place | None, today: datetime.date) -> list[Result]:
    """Cards for rows that came through `rows_of`, or through `with_versions` where there is no place."""
    people = {row.provider_id: row.version.content["people"] for row in rows}
    checks = checks_of(people, today, people)
    return [_result(row, place, checks[row.provider_id], today) for row in rows]


def _result(row: Listing, place: Place | None, checks: Checks, today: datetime.date) -> Result:
    content = row.version.content
    service = next(frozen for frozen in content["services"] if frozen["id"] == str(row.service_id))
    return Result(
        id=service["id"],
        name=service["name"],
        description=service["description"],
        provider_name=content["name"],
        slug=content["slug"],
        why=_why(row, service, place) if place else [wording.where(way) for way in service["coverage"]],
        price=wording.price(service),
        other_prices=wording.extra_prices(service),
        when="; ".join(wording.hours(service)) or wording.times(service["availability"]),
        space=wording.space(service["availability"] | wording.confirmed(row.confirmed_on), today),
        accessibility=wording.accessibility(service),
        payers=wording.labels(Payer, service["payers"]),
        categories=wording.category_names(service["categories"]),
        regulation=wording.regulation(service, row.provider.home_council.nation),
        checks=checks,
        source=content["source"],
        content=content,
        service=service,
        provider_id=row.provider_id,
    )


def _why(row: Listing, service: wording.Frozen, place: Place) -> list[str]:
    """Each way in which it reaches the place; where it does not, each way it has, for those who look further."""
    away = wording.miles_away(row.metres_away)
    said = [words for way in service["coverage"] if (words := _way(row, way, place, away))]
    return said or [_with(wording.where(way), away) for way in service["coverage"]]


def _way(row: Listing, way: wording.Frozen, place: Place, away: str) -> str:
    if way["reach"] == Reach.DISTANCE:
        return wording.comes_to(way, place.outcode, away) if row.comes else ""
    if way["reach"] == Reach.COME_TO_US:
        return _with(wording.where(way), away) if row.near_enough else ""
    here = (place.district_code, place.council.pk if place.council else "")
    return wording.based(wording.where(way), "" if row.comes else away) if way["code"] in here else ""


def _with(words: str, away: str) -> str:
    return f"{words}, {away}" if away else words
