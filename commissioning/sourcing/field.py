"""The field of a lot: every listed service that could do the work somewhere in its area, and how each stands."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from commissioning.models import Condition, Lot, LotTime
from commissioning.models.condition import ByWhen
from commissioning.models.requirement import Buyer
from commissioning.sourcing.effects import Effect, effects
from commissioning.sourcing.reach import Coverage
from commissioning.sourcing.rules import (
    ALL_LOTS,
    Asked,
    Assessment,
    Candidate,
    Fit,
    Holding,
    Terms,
    assess,
)
from commissioning.sourcing.times import Window, week_of
from providers.models import Check, Credential, Listing
from providers.models.check import CheckOutcome
from providers.models.geometry import CircleField
from providers.models.listing import ListingQuerySet
from registry.models import Outcode
from registry.places.queries import outcodes_of


@dataclass(frozen=True)
class Standing:
    """One service's place in the field. `provider` and `service` are the approved words; metres to the lot's middle.

    `candidate` is what was assessed, and `reaches` the postcode districts of the area that it reaches: with them what
    is asked can be changed and assessed again without reading anything.
    """

    listing: Listing
    provider: dict[str, Any]
    service: dict[str, Any]
    assessment: Assessment
    metres: int | None
    candidate: Candidate
    reaches: frozenset[str]


@dataclass(frozen=True)
class LotField:
    lot: Lot
    places: tuple[Outcode, ...]
    standings: tuple[Standing, ...]
    terms: Terms

    def standing(self, fit: Fit) -> list[Standing]:
        """Those with this standing, in the order of their names: nobody is put first."""
        return [standing for standing in self.standings if standing.assessment.fit == fit]

    @property
    def fitting(self) -> list[Standing]:
        return self.standing(Fit.FITS)

    @property
    def not_known(self) -> list[Standing]:
        return self.standing(Fit.NOT_KNOWN)

    @property
    def not_yet(self) -> list[Standing]:
        return self.standing(Fit.NOT_YET)

    @property
    def effects(self) -> list[Effect]:
        return effects(standing.assessment for standing in self.standings)


def assess_lot(lot: Lot, today: datetime.date) -> LotField:
    """Assess every listed service of the category that reaches any of the area, in a fixed number of queries."""
    places = tuple(places_of(lot))
    terms = terms_of(lot)
    listings = list(candidates(lot, places))
    known = Known(holdings_of(listings), lots_done(lot, terms))
    found = (standing_of(listing, places, terms, known, today) for listing in listings)
    standings = sorted((one for one in found if one), key=lambda one: (one.provider["name"].casefold(), one.listing.pk))
    return LotField(lot, places, tuple(standings), terms)


@dataclass(frozen=True)
class Known:
    """What is read once for all candidates: credentials by id, and lots by provider where all of them are asked."""

    holdings: dict[str, Holding]
    lots_done: Counter[UUID] | None


def lots_done(lot: Lot, terms: Terms) -> Counter[UUID] | None:
    """How many lots of the requirement each provider does and reaches; None where nobody asks for all of them."""
    if not asks_all_lots(terms.conditions):
        return None
    done: Counter[UUID] = Counter()
    for one in lot.requirement.lots.select_related("category", "requirement__council"):
        places = tuple(places_of(one))
        done.update({row.provider_id for row in candidates(one, places) if reached_by(row, places)})
    return done


def narrowing(field: LotField) -> dict[str, int]:
    """How many listed services are left at each step of the search, so that a reader can follow it. Two counts."""
    return {
        "listed": Listing.listed.count(),
        "of_kind": Listing.listed.filter(categories__contains=[field.lot.category_id]).count(),
        "reaching": len(field.standings),
    }


def places_of(lot: Lot) -> QuerySet[Outcode]:
    """The postcode districts of the lot's area: those named, or all of the council's."""
    if lot.outcodes:
        return Outcode.objects.filter(pk__in=lot.outcodes).order_by("pk")
    return outcodes_of(lot.requirement.council).order_by("pk")


def terms_of(lot: Lot) -> Terms:
    requirement = lot.requirement
    conditions = tuple(asked(one) for one in requirement.conditions.all() if one.lot_id in {None, lot.pk})
    return Terms(
        starts_on=requirement.starts_on,
        hours_per_week=lot.hours_per_week,
        regulation=lot.category.regulation,
        council_buys=requirement.buyer == Buyer.COUNCIL,
        conditions=conditions,
        lots=requirement.lots.count() if asks_all_lots(conditions) else 1,
        times=tuple(window(time) for time in lot.times.all()),
    )


def window(time: LotTime) -> Window:
    return Window(time.day, time.starts_minute, time.ends_minute, time.minutes_needed)


def asks_all_lots(conditions: Iterable[Asked]) -> bool:
    return any(asked.kind == ALL_LOTS for asked in conditions)


def asked(condition: Condition) -> Asked:
    by_start = condition.by_when == ByWhen.START
    return Asked(condition.kind, condition.amount_pence, by_start=by_start, number=condition.number)


def candidates(lot: Lot, places: Iterable[Outcode]) -> ListingQuerySet:
    """Listed services of the category that may touch the area: the indexes narrow, `Coverage.reaches` decides."""
    rows = list(places)
    listed: ListingQuerySet = Listing.listed.filter(categories__contains=[lot.category_id]).select_related("version")
    if not rows:
        return listed.none()
    east, north, metres = circle_round(rows)
    area = (east, north, metres)
    named = Q(areas__overlap=sorted({row.district_code for row in rows}))
    near = named | Q(reach__touches=area) | Q(come_to_us__touches=area)
    return listed.filter(near)


def circle_round(places: list[Outcode]) -> tuple[int, int, int]:
    """A circle with all the places in it: middle of their box, and the distance to the furthest."""
    eastings, northings = [place.easting for place in places], [place.northing for place in places]
    east, north = (min(eastings) + max(eastings)) // 2, (min(northings) + max(northings)) // 2
    reach = max(math.dist((east, north), (place.easting, place.northing)) for place in places)
    return east, north, math.ceil(reach)


def holdings_of(listings: Iterable[Listing]) -> dict[str, Holding]:
    """The credentials named in the approved versions and still claimed, by id, each with the last check of it.

    One that was renewed since stands in for its renewal until that is published; one given up holds no longer.
    """
    ids = {held for listing in listings for held in listing.version.content["credentials"]}
    checks = Check.objects.select_related("council").order_by("-recorded_at", "-pk")
    claimed = Credential.every.filter(provider=OuterRef("provider"), kind=OuterRef("kind"), replaced_at__isnull=True)
    held = Credential.every.filter(Exists(claimed), pk__in=ids).prefetch_related(Prefetch("checks", checks))
    return {str(credential.pk): holding_of(credential) for credential in held}


def holding_of(credential: Credential) -> Holding:
    last = next(iter(credential.checks.all()), None)
    seen = last if last and last.outcome == CheckOutcome.SEEN else None
    return Holding(
        kind=credential.kind,
        starts_on=credential.starts_on,
        ends_on=credential.ends_on,
        amount_pence=credential.amount_pence,
        held_by=credential.held_by,
        seen_by=seen.council.name if seen else "",
        seen_on=seen.seen_on if seen else None,
        refused=last is not None and last.outcome == CheckOutcome.NOT_ACCEPTED,
    )


def standing_of(
    listing: Listing,
    places: tuple[Outcode, ...],
    terms: Terms,
    known: Known,
    today: datetime.date,
) -> Standing | None:
    """How one listing stands; None if it reaches no part of the area after all."""
    reaches = reached_by(listing, places)
    if not reaches:
        return None
    provider = listing.version.content
    service = next(one for one in provider["services"] if one["id"] == str(listing.pk))
    candidate = candidate_of(provider, service, len(reaches), len(places), known.holdings)
    if known.lots_done is not None:
        candidate = replace(candidate, lots_done=known.lots_done[listing.provider_id])
    metres = distance_to_middle(listing, list(places))
    return Standing(listing, provider, service, assess(candidate, terms, today), metres, candidate, reaches)


def reached_by(listing: Listing, places: Iterable[Outcode]) -> frozenset[str]:
    """The codes of those of the places that it reaches."""
    coverage = coverage_of(listing)
    return frozenset(
        place.code for place in places if coverage.reaches((place.easting, place.northing), place.district_code)
    )


def coverage_of(listing: Listing) -> Coverage:
    circles = [CircleField.read(circle) for circle in (listing.reach, listing.come_to_us) if circle]
    return Coverage(tuple(circles), frozenset(listing.areas))


def candidate_of(
    provider: dict[str, Any], service: dict[str, Any], reached: int, places: int, holdings: dict[str, Holding]
) -> Candidate:
    availability = service["availability"]
    away = availability["away_until"]
    return Candidate(
        reached=reached,
        places=places,
        hours_free=availability["hours_free"],
        space=availability["space"],
        away_until=datetime.date.fromisoformat(away) if away else None,
        basis=service["regulatory_basis"],
        people=provider["people"],
        employs_anyone=provider["employs_anyone"],
        imported=bool(provider["source"]),
        holdings=tuple(holdings[held] for held in provider["credentials"] if held in holdings),
        legal_form=provider["legal_form"],
        week=week_of(service.get("hours") or {}, availability["days"], availability["parts"]),
    )


def distance_to_middle(listing: Listing, places: list[Outcode]) -> int | None:
    if listing.easting is None or listing.northing is None:
        return None
    east, north, _metres = circle_round(places)
    return round(math.dist((listing.easting, listing.northing), (east, north)))
