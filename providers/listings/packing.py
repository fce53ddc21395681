"""What each bit and number of a search row means. Pure: facts in, columns out, for whoever writes rows.

Bits are given once: a new choice takes the next free bit of its lane, and nothing is ever moved, because rows of a
million services hold the old meaning.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from providers.meaning.stems import tokens_of

HALF = 64


@dataclass(frozen=True)
class Lane:
    """The bits of one facet in `facts`, from `first` on."""

    first: int
    codes: tuple[str, ...]

    @cached_property
    def bit(self) -> dict[str, int]:
        return {code: 1 << at for at, code in enumerate(self.codes, start=self.first)}

    def bits(self, chosen: Iterable[str]) -> int:
        """Codes that are none of ours stand for nothing."""
        found = 0
        for code in chosen:
            found |= self.bit.get(code, 0)
        return found

    @cached_property
    def whole(self) -> int:
        return self.bits(self.codes)


# Room is kept behind each: the next lane begins where no choice of this one is likely to come.
LANES = {
    "day": Lane(0, ("mon", "tue", "wed", "thu", "fri", "sat", "sun")),
    "payer": Lane(7, ("private", "direct_payment", "isf", "council", "health_budget")),
    "client_group": Lane(
        13,
        (
            "older",
            "dementia",
            "learning_disability",
            "autism",
            "mental_health",
            "physical_disability",
            "sensory",
            "carers",
            "children",
            "end_of_life",
        ),
    ),
    "delivery": Lane(25, ("at_home", "out_and_about", "at_ours", "remote")),
    "accessibility": Lane(
        30,
        (
            "step_free",
            "accessible_toilet",
            "parking",
            "hearing_loop",
            "sign_language",
            "easy_read",
            "large_print",
            "quiet_space",
            "wheelchair_car",
            "assistance_dogs",
        ),
    ),
    "space": Lane(42, ("now", "waiting", "full", "away", "not_known")),
    "legal_form": Lane(
        47,
        (
            "sole_trader",
            "partnership",
            "co_operative",
            "community_benefit",
            "cic",
            "company",
            "charity",
            "unincorporated",
            "unknown",
        ),
    ),
    "price": Lane(57, ("under-15", "15-20", "20-25", "25-30", "over-30", "otherwise")),
}
# What the index of words knows too, for questions without a place. What changes often, such as space, is not in it.
INDEXED = sum(LANES[name].whole for name in ("client_group", "delivery", "accessibility", "legal_form"))
# No parser of texts leaves a sign of equality in a word.
CHOSEN = "="
TOWN = f"{CHOSEN}t"
# From how many pence an hour each band begins, the dearest first.
BANDS = ((3000, "over-30"), (2500, "25-30"), (2000, "20-25"), (1500, "15-20"), (0, "under-15"))

# Fifteen bits each, four to a column: the last day on which it holds, in days after THE_DAY; 0 is "none".
CHECKS_LOW = ("insurance", "training", "registration", "dbs")
CHECKS_HIGH = ("policy", "membership", "reference")
CHECKS = CHECKS_LOW + CHECKS_HIGH
THE_DAY = datetime.date(2020, 1, 1)
DAY_BITS = 15
FOR_GOOD = (1 << DAY_BITS) - 1


LastDays = Mapping[str, datetime.date | None]


def price_band(pence: int | None, unit: str) -> str:
    """The band of a price by the hour; "otherwise" by the visit or the meal; "" where no price is said."""
    if pence is None:
        return ""
    return next(band for least, band in BANDS if pence >= least) if unit == "hour" else "otherwise"


def facts(
    *,
    days: Iterable[str] = (),
    payers: Iterable[str] = (),
    client_groups: Iterable[str] = (),
    delivery: Iterable[str] = (),
    accessibility: Iterable[str] = (),
    space: str = "not_known",
    legal_form: str = "unknown",
    price_pence: int | None = None,
    price_unit: str = "",
) -> int:
    """The column `facts` of a search row."""
    chosen: Mapping[str, Iterable[str]] = {
        "day": days,
        "payer": payers,
        "client_group": client_groups,
        "delivery": delivery,
        "accessibility": accessibility,
        "space": (space,),
        "legal_form": (legal_form,),
        "price": (price_band(price_pence, price_unit),),
    }
    return sum(LANES[name].bits(codes) for name, codes in chosen.items())


def categories(numbers: Iterable[int]) -> tuple[int, int]:
    """`categories_low` and `categories_high` of categories by their numbers."""
    bits = sum(1 << number for number in set(numbers))
    return signed(bits & (2**HALF - 1)), signed(bits >> HALF)


def checked(last_days: LastDays) -> tuple[int | None, int | None]:
    """`checked_low` and `checked_high`: by kind of check the last day on which it holds, None where for good."""
    packed = [
        sum(day_number(last_days[name]) << (DAY_BITS * at) for at, name in enumerate(names) if name in last_days)
        for names in (CHECKS_LOW, CHECKS_HIGH)
    ]
    return packed[0] or None, packed[1] or None


def chosen_lexemes(
    *, numbers: Iterable[int] = (), chosen: int = 0, languages: int | None = None, towns: Iterable[str] = ()
) -> list[str]:
    """Category numbers, bits of `facts`, languages and towns as words that no text holds, for the words' index."""
    kept = chosen & INDEXED
    bits = (f"{CHOSEN}f{at}" for at in range(HALF) if kept >> at & 1)
    spoken = [] if languages is None else [f"{CHOSEN}l{languages}"]
    return [*(f"{CHOSEN}c{number}" for number in numbers), *bits, *spoken, *map(town_lexeme, filter(folded, towns))]


def folded(name: str) -> str:
    """The name of a place as people write it, one way or another: "Bath & North-East Somerset"."""
    return " ".join(token.replace("'", "") for token in tokens_of(name) if token != "and")


def town_lexeme(name: str) -> str:
    return f"{TOWN}{folded(name).replace(' ', '_')}"


def day_number(day: datetime.date | None) -> int:
    """A day as a search row keeps it: never nought, and none later than "for good"."""
    return FOR_GOOD if day is None else min(max((day - THE_DAY).days, 1), FOR_GOOD)


def signature(lexemes: Collection[str]) -> tuple[int, int, int, int]:
    """256 bits of which each word sets two. A text without a word's two bits does not hold the word."""
    bits = 0
    for lexeme in lexemes:
        if not lexeme.startswith(CHOSEN):
            bits |= _bits_of(lexeme)
    one, two, three, four = (signed((bits >> (HALF * at)) & (2**HALF - 1)) for at in range(4))
    return one, two, three, four


@lru_cache(maxsize=65536)
def _bits_of(lexeme: str) -> int:
    first, second = hashlib.md5(lexeme.encode(), usedforsecurity=False).digest()[:2]
    return (1 << first) | (1 << second)


def signed(bits: int) -> int:
    """64 bits as PostgreSQL's bigint reads them."""
    return bits - 2**HALF if bits >> (HALF - 1) else bits
