"""A requirement's lots as a task: who on the register could work when, and who is left out and why.

What the register does not say is not reckoned with: hours that nobody stated, times at which nobody said to be there.
Wishes of providers not to work with one another keep them apart, and are named to nobody.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from uuid import UUID

from commissioning.coops.relaxed import REACH
from commissioning.coops.task import ANY_TIME, Cell, Partner, Task
from commissioning.models import Lot, Requirement
from commissioning.models.condition import Beyond
from commissioning.models.requirement import Buyer
from commissioning.sourcing.field import LotField, Standing, assess_lot, circle_round, window
from commissioning.sourcing.rules import About, Fit
from commissioning.sourcing.times import Window
from providers.models import PartnerWish
from providers.models.category import Regulation
from providers.models.partner_wish import Wish
from providers.models.service import PriceUnit

# What one request may weigh. Past it the nearest are looked at, and the page says so.
MOST_CANDIDATES = 120
# About 15 miles an hour, door to door: roads wind, and somebody has to park.
METRES_A_MINUTE = 400
# A team is one supplier, so its members are not asked to do every lot by themselves.
ASKED_OF_THE_WHOLE = frozenset({Beyond.ALL_LOTS.value})


@dataclass(frozen=True)
class Named:
    """How a page names a provider; its people where they are known."""

    name: str
    slug: str
    people: int | None


@dataclass(frozen=True)
class LeftOut:
    """Names of those whom one reason keeps from one lot: "basis", "space", "hours" or "times"."""

    lot: int
    why: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Gathered:
    """`task` has no terms yet but those of the lots; `unhoured` are lots that nobody can reckon with by the hour."""

    lots: tuple[Lot, ...]
    unhoured: tuple[Lot, ...]
    task: Task
    names: Mapping[str, Named]
    left_out: tuple[LeftOut, ...]
    passed_over: int

    @property
    def is_regulated(self) -> bool:
        """Whether rule 3 decides who may be in a team for any of the lots."""
        bought = [lot for lot in self.lots if lot.requirement.buyer == Buyer.COUNCIL]
        return any(lot.category.regulation != Regulation.NONE for lot in bought)


@dataclass(frozen=True)
class Offer:
    """What one service brings to one lot."""

    minutes_free: int
    can: Mapping[int, int]
    price: int | None
    metres: int | None
    lacks: frozenset[str]


def gather(requirement: Requirement, lots: Iterable[Lot], today: datetime.date) -> Gathered:
    every = list(lots)
    hourly = tuple(lot for lot in every if lot.hours_per_week is not None or lot.times.all())
    cells = tuple(cell for lot in hourly for cell in cells_of(lot))
    fields = {lot.number: assess_lot(lot, today) for lot in hourly}
    offers: dict[str, dict[int, Offer]] = defaultdict(dict)
    names: dict[str, Named] = {}
    left_out: dict[tuple[int, str], set[str]] = defaultdict(set)
    for number, field in fields.items():
        for standing in field.standings:
            key = str(standing.listing.provider_id)
            names[key] = named(standing)
            why = reason_out(standing) or take(offers[key], standing, number, cells)
            if why:
                left_out[number, why].add(key)
    partners = [partner_of(key, of_lots, names[key]) for key, of_lots in offers.items() if of_lots]
    chosen = nearest(partners)
    return Gathered(
        lots=hourly,
        unhoured=tuple(lot for lot in every if lot not in hourly),
        task=Task(cells, apart(chosen), most_partners=len(chosen), travel=ways(fields)),
        names=names,
        left_out=told(left_out, offers, names),
        passed_over=len(partners) - len(chosen),
    )


def cells_of(lot: Lot) -> list[Cell]:
    """The windows of a lot, or all its hours at any time."""
    windows = [window(time) for time in lot.times.all()]
    if not windows:
        return [Cell(lot.number, ANY_TIME, 0, 0, 60 * (lot.hours_per_week or 0))]
    return [Cell(lot.number, one.day, one.starts, one.ends, one.minutes) for one in windows]


def named(standing: Standing) -> Named:
    provider = standing.provider
    return Named(provider["name"], provider["slug"], provider["people"])


def reason_out(standing: Standing) -> str:
    """Why a service cannot be reckoned with at all. Rule 3: the ground for regulated care is never given way on."""
    findings = {finding.about: finding for finding in standing.assessment.findings}
    basis, space = findings.get(About.BASIS), findings.get(About.SPACE)
    if basis and basis.fit != Fit.FITS:
        return "basis"
    if space and space.fit == Fit.NOT_YET:
        return "space"
    return "" if standing.candidate.hours_free else "hours"


def take(of_lots: dict[int, Offer], standing: Standing, number: int, cells: tuple[Cell, ...]) -> str:
    """Take the service for the lot, if no better one of the same provider is there. Why not, where it has no time."""
    offer = offer_of(standing, number, cells)
    if not offer.can:
        return "times"
    known = of_lots.get(number)
    if known is None or worth(offer) > worth(known):
        of_lots[number] = offer
    return ""


def worth(offer: Offer) -> tuple[int, int, int]:
    """Of two services of one provider: the one that lacks less, then gives more, then costs less."""
    price = math.inf if offer.price is None else offer.price
    return -len(offer.lacks), sum(offer.can.values()), -int(min(price, 10**9))


def offer_of(standing: Standing, number: int, cells: tuple[Cell, ...]) -> Offer:
    candidate, service = standing.candidate, standing.service
    free = 60 * (candidate.hours_free or 0)
    can: dict[int, int] = {}
    for index, cell in enumerate(cells):
        most = free if cell.day == ANY_TIME else there(standing, cell)
        if cell.lot == number and min(most, free):
            can[index] = min(most, free)
    by_hour = service["price_unit"] == PriceUnit.HOUR
    return Offer(free, can, service["price_pence"] if by_hour else None, standing.metres, lacking(standing))


def there(standing: Standing, cell: Cell) -> int:
    """Person-minutes in which its people can be there; 0 where nobody said."""
    overlap = standing.candidate.week.overlap(Window(cell.day, cell.starts, cell.ends, cell.minutes))
    return (overlap or 0) * (standing.candidate.people or 1)


def lacking(standing: Standing) -> frozenset[str]:
    """What the council asks and the register does not show as met; of the area, that it is not reached whole."""
    unmet = [finding for finding in standing.assessment.findings if finding.fit != Fit.FITS]
    asked = {one.kind for one in unmet if one.about in (About.CREDENTIAL, About.BUSINESS)} - ASKED_OF_THE_WHOLE
    part = {REACH} if any(one.about is About.REACH for one in unmet) else set()
    return frozenset(asked | part)


def partner_of(key: str, of_lots: Mapping[int, Offer], name: Named) -> Partner:
    """The same people may stand behind several services, so their free hours are not added up."""
    return Partner(
        key=key,
        minutes_free=max(offer.minutes_free for offer in of_lots.values()),
        can={cell: most for offer in of_lots.values() for cell, most in offer.can.items()},
        metres={lot: offer.metres for lot, offer in of_lots.items() if offer.metres is not None},
        people=name.people or 1,
        lacks={lot: offer.lacks for lot, offer in of_lots.items() if offer.lacks},
        pence_in={lot: offer.price for lot, offer in of_lots.items()},
    )


def nearest(partners: list[Partner]) -> list[Partner]:
    far = max((metres for partner in partners for metres in partner.metres.values()), default=0)
    by_way = sorted(partners, key=lambda partner: (min(partner.metres.values(), default=far), partner.key))
    return by_way[:MOST_CANDIDATES]


def apart(partners: list[Partner]) -> tuple[Partner, ...]:
    """With whom each would rather not work. Read here, told nowhere."""
    keys = [UUID(partner.key) for partner in partners]
    refused: dict[str, set[str]] = defaultdict(set)
    for author, other, wish in PartnerWish.objects.filter(provider__in=keys, other__in=keys).pairs():
        if wish == Wish.WOULD_NOT:
            refused[str(author)].add(str(other))
    return tuple(replace(partner, not_with=frozenset(refused[partner.key])) for partner in partners)


def ways(fields: Mapping[int, LotField]) -> dict[tuple[int, int], int]:
    """Minutes from the middle of one lot's area to the middle of another's, where that is not the same place."""
    middles = {number: circle_round(list(field.places))[:2] for number, field in fields.items() if field.places}
    minutes = {
        (one, other): math.ceil(math.dist(middles[one], middles[other]) / METRES_A_MINUTE)
        for one, other in combinations(sorted(middles), 2)
    }
    return {pair: way for pair, way in minutes.items() if way}


def told(
    left_out: Mapping[tuple[int, str], set[str]], offers: Mapping[str, Mapping[int, Offer]], names: Mapping[str, Named]
) -> tuple[LeftOut, ...]:
    """Names by lot and reason, without those of whom another service was taken for the lot."""
    rows = []
    for (lot, why), keys in sorted(left_out.items()):
        out = sorted((names[key].name for key in keys if lot not in offers[key]), key=str.casefold)
        if out:
            rows.append(LeftOut(lot, why, tuple(out)))
    return tuple(rows)
