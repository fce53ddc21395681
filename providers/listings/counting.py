"""Facets counted over the packed columns of all hits at once: the database only sends bytes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from providers.listings.known import category_numbers, language_sets
from providers.listings.packing import CHECKS_HIGH, CHECKS_LOW, DAY_BITS, FOR_GOOD, LANES, day_number

# In the order in which the statement gives them; each is one big-endian number a hit.
COLUMNS = ("categories_low", "categories_high", "facts", "checked_low", "checked_high", "language_set", "missed")
WIDTHS = dict.fromkeys(COLUMNS, ">i8") | {"language_set": ">i4", "missed": ">i4"}

Numbers = NDArray[Any]
Column = Callable[[str], Numbers]
Counts = dict[str, int]


def counts(
    found: Mapping[str, Any], chosen: Mapping[str, Any], today: datetime.date, facets: Collection[str]
) -> dict[str, Counts]:
    """By facet and value how many hits have it, of those that miss nothing that was chosen of other facets."""
    whole = {name: np.frombuffer(found.get(name) or b"", dtype=WIDTHS[name]) for name in COLUMNS}
    missed = whole["missed"] if chosen else np.zeros(len(whole["facts"]), dtype=np.int32)
    counted = {}
    for name in facets:
        others = [at for at, other in enumerate(chosen) if other != name]
        kept = (missed & sum(1 << at for at in others)) == 0
        counted[name] = _of(name, lambda column, kept=kept: whole[column][kept], today)  # type: ignore[misc]
    return counted


def _of(name: str, column: Column, today: datetime.date) -> Counts:
    if name == "category":
        return _categories(column)
    if name == "check":
        return _checks(column, today)
    if name == "language":
        return _languages(column("language_set"))
    return _lane(name, column("facts"))


def _categories(column: Column) -> Counts:
    low, high = (_bits(column(half)) for half in ("categories_low", "categories_high"))
    counted = [*low, *high]
    used = {number: int(count) for number, count in enumerate(counted) if count}
    numbers = category_numbers()
    if not used.keys() <= set(numbers.values()):
        numbers = category_numbers(["?"])
    return {code: used[number] for code, number in numbers.items() if number in used}


def _lane(name: str, facts: Numbers) -> Counts:
    lane = LANES[name]
    counted = _bits(facts)
    found = {code: int(counted[at]) for at, code in enumerate(lane.codes, start=lane.first) if counted[at]}
    if name == "price" and len(facts) > sum(found.values()):
        found["not-said"] = len(facts) - sum(found.values())
    return found


def _checks(column: Column, today: datetime.date) -> Counts:
    found, first = {}, day_number(today)
    for half, names in (("checked_low", CHECKS_LOW), ("checked_high", CHECKS_HIGH)):
        packed = column(half)
        for at, name in enumerate(names):
            if count := int(np.count_nonzero((packed >> (DAY_BITS * at) & FOR_GOOD) >= first)):
                found[name] = count
    return found


def _languages(numbers: Numbers) -> Counts:
    used, how_many = np.unique(numbers[numbers > 0], return_counts=True)
    sets = language_sets(used.tolist())
    found: Counts = {}
    for number, count in zip(used.tolist(), how_many.tolist(), strict=True):
        for language in sets[number]:
            found[language] = found.get(language, 0) + count
    return dict(sorted(found.items()))


def _bits(numbers: Numbers) -> Numbers:
    """How many of these 64-bit numbers have each bit, from the lowest."""
    if not len(numbers):
        return np.zeros(64, dtype=np.int64)
    flat = np.ascontiguousarray(numbers).view(np.uint8).reshape(-1, 8)
    counted: Numbers = np.unpackbits(flat, axis=1).sum(axis=0, dtype=np.int64)[::-1]
    return counted
