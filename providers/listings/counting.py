"""Facets counted over the packed columns of all hits at once: the database only sends bytes."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from providers.listings.known import category_numbers, language_sets
from providers.listings.packing import CHECKS_HIGH, CHECKS_LOW, DAY_BITS, FOR_GOOD, LANES, day_number

# In the order in which the statement gives them; each is one big-endian number a hit.
COLUMNS = ("categories_low", "categories_high", "facts", "checked_low", "checked_high", "language_set", "missed")
WIDTHS = dict.fromkeys(COLUMNS, ">i8") | {"language_set": ">i4", "missed": ">i4"}

# Which of them a facet is counted from; the others from `facts`.
FROM = {
    "category": ("categories_low", "categories_high"),
    "check": ("checked_low", "checked_high"),
    "language": ("language_set",),
}

# The bits of each byte there is, from the lowest.
BITS_OF_BYTES = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)[:, ::-1].astype(np.int64)

Numbers = NDArray[Any]
Counts = dict[str, int]


def columns_of(facets: Collection[str]) -> list[str]:
    """The columns that these facets are counted from."""
    needed = {column for facet in facets for column in FROM.get(facet, ("facts",))}
    return [column for column in COLUMNS if column in needed or (needed and column == "missed")]


def counts(
    found: Mapping[str, Any], chosen: Mapping[str, Any], today: datetime.date, facets: Collection[str]
) -> dict[str, Counts]:
    """By facet and value how many hits have it, of those that miss nothing that was chosen of other facets."""
    whole = {name: np.frombuffer(found.get(name) or b"", dtype=WIDTHS[name]) for name in COLUMNS}
    # Facets of which nothing was chosen are counted over the same hits, and need one look at them.
    kept: dict[tuple[int, ...], Hits] = {}
    counted = {}
    for name in facets:
        others = tuple(at for at, other in enumerate(chosen) if other != name)
        if others not in kept:
            kept[others] = Hits(_without(whole, others))
        counted[name] = _of(name, kept[others], today)
    return counted


def _without(whole: dict[str, Numbers], others: Collection[int]) -> dict[str, Numbers]:
    """The columns of those hits that miss none of these choices."""
    if not others:
        return whole
    kept = (whole["missed"] & sum(1 << at for at in others)) == 0
    return {name: column[kept] if len(column) else column for name, column in whole.items()}


@dataclass
class Hits:
    columns: dict[str, Numbers]
    counted: dict[str, Numbers] = field(default_factory=dict)

    def bits(self, name: str) -> Numbers:
        """How many hits have each bit of a column, from the lowest."""
        if name not in self.counted:
            flat = self.columns[name].view(np.uint8).reshape(-1, 8)
            each = (np.bincount(flat[:, at], minlength=256) @ BITS_OF_BYTES for at in reversed(range(8)))
            self.counted[name] = np.concatenate(list(each))
        return self.counted[name]


def _of(name: str, hits: Hits, today: datetime.date) -> Counts:
    if name == "category":
        return _categories(hits)
    if name == "check":
        return _checks(hits.columns, today)
    if name == "language":
        return _languages(hits.columns["language_set"])
    return _lane(name, hits)


def _categories(hits: Hits) -> Counts:
    counted = [*hits.bits("categories_low"), *hits.bits("categories_high")]
    used = {number: int(count) for number, count in enumerate(counted) if count}
    numbers = category_numbers()
    if not used.keys() <= set(numbers.values()):
        # A category that is new since this process started.
        numbers = category_numbers(["?"])
    return {code: used[number] for code, number in numbers.items() if number in used}


def _lane(name: str, hits: Hits) -> Counts:
    lane, counted, all_of_them = LANES[name], hits.bits("facts"), len(hits.columns["facts"])
    found = {code: int(counted[at]) for at, code in enumerate(lane.codes, start=lane.first) if counted[at]}
    if name == "price" and all_of_them > sum(found.values()):
        found["not-said"] = all_of_them - sum(found.values())
    return found


def _checks(columns: dict[str, Numbers], today: datetime.date) -> Counts:
    found, first = {}, day_number(today)
    for half, names in (("checked_low", CHECKS_LOW), ("checked_high", CHECKS_HIGH)):
        some = columns[half][columns[half] != 0].astype(np.int64)
        for at, name in enumerate(names):
            if count := int(np.count_nonzero((some >> (DAY_BITS * at) & FOR_GOOD) >= first)):
                found[name] = count
    return found


def _languages(numbers: Numbers) -> Counts:
    used, how_many = np.unique(numbers[numbers > 0].astype(np.int32), return_counts=True)
    sets = language_sets(used.tolist())
    found: Counts = {}
    for number, count in zip(used.tolist(), how_many.tolist(), strict=True):
        for language in sets[number]:
            found[language] = found.get(language, 0) + count
    return dict(sorted(found.items()))
