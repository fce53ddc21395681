"""What help costs here and how many hours are free, by kind of help. Never of few providers (`rules`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from commissioning.market.gaps import kinds
from commissioning.market.ground import Ground
from commissioning.market.reading import Offer
from commissioning.market.rules import LEAST_PROVIDERS, quartiles, rounded_to, rows_to_show
from providers.meaning.vocabulary import Term

PENCE_STEP = 50
HOURS_STEP = 1
SUM_STEP = 10


@dataclass(frozen=True)
class Prices:
    """Quartiles in pence, to 50p. `providers`: how many prices they rest on, one of each provider."""

    term: Term
    unit: str
    providers: int
    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Hours:
    """Hours a week free of all who said how many, to the nearest ten; and the median to the hour."""

    term: Term
    providers: int
    hours: int
    middle: int


@dataclass(frozen=True)
class Supply:
    """`prices_hidden` and `hours_hidden`: of how many kinds of help something is known and too little to show."""

    prices: list[Prices]
    hours: list[Hours]
    prices_hidden: int
    hours_hidden: int


def supply(ground: Ground, offers: Sequence[Offer]) -> Supply:
    here = [offer for offer in offers if offer.reached(ground).any()]
    prices, prices_hidden = _prices(here)
    hours, hours_hidden = _hours(here)
    return Supply(prices, hours, prices_hidden, hours_hidden)


def _prices(offers: Sequence[Offer]) -> tuple[list[Prices], int]:
    """Of a provider that does the same in several services the lowest price counts, and only that."""
    said: dict[tuple[str, str], dict[UUID, int]] = defaultdict(dict)
    for offer in offers:
        if offer.price_pence is not None:
            for code in offer.categories:
                of_kind = said[code, offer.price_unit]
                of_kind[offer.provider] = min(offer.price_pence, of_kind.get(offer.provider, offer.price_pence))
    terms = {term.code: term for term in kinds()}
    enough = {key: given for key, given in said.items() if len(given) >= LEAST_PROVIDERS and key[0] in terms}
    found = [
        Prices(terms[code], unit, len(given), *quartiles(given.values(), PENCE_STEP))
        for (code, unit), given in enough.items()
    ]
    hidden = {code for code, _unit in said} - {code for code, _unit in enough}
    return sorted(found, key=lambda row: (row.term.position, -row.providers, row.unit)), len(hidden & terms.keys())


def _hours(offers: Sequence[Offer]) -> tuple[list[Hours], int]:
    """The same hours are often said of each service: of a provider the most that it says of any of a kind count."""
    said: dict[str, dict[UUID, int]] = defaultdict(dict)
    for offer in offers:
        if offer.hours_free is not None:
            for code in offer.categories:
                of_kind = said[code]
                of_kind[offer.provider] = max(offer.hours_free, of_kind.get(offer.provider, 0))
    known = [term for term in kinds() if term.code in said]
    shown = rows_to_show({term.code: frozenset(said[term.code]) for term in known})
    found = [_hours_of(term, list(said[term.code].values())) for term in known if term.code in shown]
    return found, len(known) - len(found)


def _hours_of(term: Term, hours: Sequence[int]) -> Hours:
    _low, middle, _high = quartiles(hours, HOURS_STEP)
    return Hours(term, len(hours), rounded_to(sum(hours), SUM_STEP), middle)
