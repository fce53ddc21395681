"""One lot's entries as sets of bits, so that what is asked can be changed and counted again in no time. Pure.

What the counts mean stands in `rules`.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from commissioning.openness.pooling import WITHOUT_LIMIT, Helper, covers, together
from commissioning.sourcing.rules import (
    ALL_LOTS,
    Asked,
    Candidate,
    Fit,
    Terms,
    basis_findings,
    condition_finding,
    hours_finding,
    space_finding,
    times_finding,
    worst,
)

Mask = int
"""A set of a lot's entries: bit n is the nth."""


class Reading(StrEnum):
    KNOWN = "known"
    HOPED = "hoped"


READS: Mapping[Reading, frozenset[Fit]] = {
    Reading.KNOWN: frozenset({Fit.FITS}),
    Reading.HOPED: frozenset({Fit.FITS, Fit.NOT_KNOWN}),
}


@dataclass(frozen=True)
class Supplier:
    legal_form: str
    people: int | None

    def is_micro(self, size_limit: int) -> bool:
        return self.people is not None and self.people <= size_limit


@dataclass(frozen=True)
class Entry:
    """A listed service of the lot's kind that reaches some of its places; `supplier` is a place in a list of them."""

    supplier: int
    candidate: Candidate
    reaches: frozenset[str]


@dataclass(frozen=True)
class LotEntries:
    """A lot with everyone who does its kind of work there. Its conditions are in `Asking`, not read from `terms`."""

    number: int
    terms: Terms
    places: frozenset[str]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Asking:
    """What is asked of a lot. `parts`: it is split by hours into so many; `by_place`: into one for each place."""

    conditions: tuple[Asked, ...] = ()
    parts: int = 1
    by_place: bool = False


@dataclass(frozen=True)
class Measure:
    """By what everyone is measured: the day, the council's limit, and kinds of cover that can be had by the start."""

    today: datetime.date
    size_limit: int
    obtainable: frozenset[str] = frozenset()

    def may_obtain(self, asked: Asked) -> bool:
        """ "Will have it by the start" is always an answer to a condition of insurance (PA 2023 s.22(3)(b))."""
        return asked.by_start and asked.kind in self.obtainable


class Board:
    """One lot's entries as masks, so that what is asked can be changed and counted again in no time."""

    def __init__(self, lot: LotEntries, suppliers: Sequence[Supplier], measure: Measure) -> None:
        self.lot = lot
        self.entries = lot.entries
        self.measure = measure
        self._met: dict[tuple[str, object], dict[Reading, Mask]] = {}
        self._helpers: dict[tuple[Reading, int], Helper] = {}
        self._suppliers: dict[Mask, frozenset[int]] = {}
        self._filled: dict[tuple[Mask, int, Reading], bool] = {}
        small = [suppliers[entry.supplier].is_micro(measure.size_limit) for entry in self.entries]
        wrong = [self._basis(entry.candidate) is Fit.NOT_YET for entry in self.entries]
        self.everyone = mask(True for _entry in self.entries)
        self.capable = mask(not is_wrong for is_wrong in wrong)
        self.micro = mask(is_small and not is_wrong for is_small, is_wrong in zip(small, wrong, strict=True))
        self.has_room = mask(self._has_room(entry.candidate) for entry in self.entries)
        self.whole = mask(entry.reaches >= lot.places for entry in self.entries)

    def _basis(self, candidate: Candidate) -> Fit:
        return worst(finding.fit for finding in basis_findings(candidate, self.lot.terms))

    def _has_room(self, candidate: Candidate) -> bool:
        finding = space_finding(candidate, self.lot.terms.starts_on)
        return finding is None or finding.fit is not Fit.NOT_YET

    def suppliers(self, chosen: Mask) -> frozenset[int]:
        if chosen not in self._suppliers:
            self._suppliers[chosen] = frozenset(self.entries[place].supplier for place in bits(chosen))
        return self._suppliers[chosen]

    def _read(self, key: tuple[str, object], fits: Iterable[Fit]) -> dict[Reading, Mask]:
        if key not in self._met:
            found = list(fits)
            self._met[key] = {reading: mask(fit in read for fit in found) for reading, read in READS.items()}
        return self._met[key]

    def with_basis(self, reading: Reading) -> Mask:
        return self._read(("basis", None), (self._basis(entry.candidate) for entry in self.entries))[reading]

    def meeting(self, asked: Asked, reading: Reading) -> Mask:
        """Those who meet it; with the second reading, or of whom that is not known."""
        terms, today = self.lot.terms, self.measure.today
        fits = (condition_finding(entry.candidate, asked, terms, today).fit for entry in self.entries)
        return self._read(("condition", asked), fits)[reading]

    def answering(self, asked: Asked, reading: Reading) -> Mask:
        """Those who could answer it: hoping, with cover that they have by the start."""
        if reading is Reading.HOPED and self.measure.may_obtain(asked):
            return self.everyone
        return self.meeting(asked, reading)

    def with_hours(self, parts: int, reading: Reading) -> Mask:
        """Those with the hours of one of so many equal parts of the lot; everyone, of a lot that is not by the hour."""
        asked = self.lot.terms.hours_per_week
        if asked is None:
            return self.everyone
        needed = math.ceil(asked / parts)
        fits = (hours_finding(entry.candidate.hours_free, needed).fit for entry in self.entries)
        return self._read(("hours", needed), fits)[reading]

    def in_time(self, parts: int, reading: Reading) -> Mask:
        if not self.lot.terms.times:
            return self.everyone
        times = tuple(replace(one, minutes=math.ceil(one.minutes / parts)) for one in self.lot.terms.times)
        fits = (times_finding(entry.candidate, times).fit for entry in self.entries)
        return self._read(("times", parts), fits)[reading]

    def ready(self, conditions: Iterable[Asked], reading: Reading) -> Mask:
        """Micro, with room, the right basis and everything that the conditions ask."""
        chosen = self.micro & self.has_room & self.with_basis(reading)
        for asked in conditions:
            chosen &= self.answering(asked, reading)
        return chosen

    def alone(self, asking: Asking, reading: Reading) -> Mask:
        parts = asking.parts * (len(self.lot.places) if asking.by_place else 1)
        chosen = self.ready(asking.conditions, reading)
        chosen &= self.with_hours(parts, reading) & self.in_time(parts, reading)
        return chosen if asking.by_place else chosen & self.whole

    def pool(self, asking: Asking, reading: Reading) -> Mask:
        """Those who could be of a team: whether one does all lots is a question to the team, not to each of it."""
        return self.ready((asked for asked in asking.conditions if asked.kind != ALL_LOTS), reading)

    def team(self, asking: Asking, reading: Reading) -> Mask:
        """Those of the pool who can give something, if it can do a part of the lot together; else nobody."""
        pool = self.pool(asking, reading)
        if not asking.by_place:
            return self.useful(pool, reading) if self.can_do(pool, asking.parts, reading) else 0
        return self.team_by_place(pool, asking, reading)

    def team_by_place(self, pool: Mask, asking: Asking, reading: Reading) -> Mask:
        found, parts = 0, asking.parts * len(self.lot.places)
        for place in self.lot.places:
            there = pool & mask(place in entry.reaches for entry in self.entries)
            if there and self.fills(there, parts, reading):
                found |= self.useful(there, reading)
        return found

    def can_do(self, pool: Mask, parts: int, reading: Reading) -> bool:
        return self.reaches_all(pool) and self.fills(pool, parts, reading)

    def reaches_all(self, pool: Mask) -> bool:
        return pool != 0 and self.lot.places <= frozenset().union(
            *(self.entries[place].reaches for place in bits(pool))
        )

    def fills(self, pool: Mask, parts: int, reading: Reading) -> bool:
        key = (pool, parts, reading)
        if key not in self._filled:
            self._filled[key] = covers(list(self.helpers(pool, reading).values()), self.wanted(parts))
        return self._filled[key]

    def wanted(self, parts: int = 1) -> list[int]:
        """Minutes wanted of a part in each window, and last those that are wanted at any time."""
        terms = self.lot.terms
        timed = [math.ceil(window.minutes / parts) for window in terms.times]
        hours = math.ceil((terms.hours_per_week or 0) / parts)
        return [*timed, max(0, hours * 60 - sum(timed))]

    @cached_property
    def _cells(self) -> list[int]:
        return self.wanted()

    def helpers(self, chosen: Mask, reading: Reading) -> dict[int, Helper]:
        """What each supplier among them can give to the lot, by supplier."""
        found: dict[int, list[Helper]] = {}
        for place in bits(chosen):
            found.setdefault(self.entries[place].supplier, []).append(self._helper(place, reading))
        return {supplier: together(helpers) for supplier, helpers in found.items()}

    def _helper(self, place: int, reading: Reading) -> Helper:
        if (reading, place) not in self._helpers:
            self._helpers[reading, place] = helper_of(self.entries[place].candidate, self.lot.terms, reading)
        return self._helpers[reading, place]

    def useful(self, chosen: Mask, reading: Reading) -> Mask:
        """Those who can give a minute of what is wanted; everyone, where nothing is wanted by the hour."""
        if not any(self._cells):
            return chosen
        can = ("useful", None)
        if can not in self._met:
            self._met[can] = {
                one: mask(self._gives(place, one) for place in range(len(self.entries))) for one in Reading
            }
        return chosen & self._met[can][reading]

    def _gives(self, place: int, reading: Reading) -> bool:
        helper = self._helper(place, reading)
        return (
            any(minutes and wanted for minutes, wanted in zip(helper.at, self._cells, strict=True)) and helper.free > 0
        )


def mask(chosen: Iterable[bool]) -> Mask:
    """The places at which it is true, as bits."""
    return int("".join("1" if one else "0" for one in chosen)[::-1] or "0", 2)


def bits(chosen: Mask) -> Iterator[int]:
    return (place for place, bit in enumerate(reversed(f"{chosen:b}")) if bit == "1")


def helper_of(candidate: Candidate, terms: Terms, reading: Reading) -> Helper:
    """Minutes free in all, in each window, and at any time. What is not known is nothing, or without limit."""
    unsaid = WITHOUT_LIMIT if reading is Reading.HOPED else 0
    free = unsaid if candidate.hours_free is None else candidate.hours_free * 60
    if terms.hours_per_week is None:
        free = WITHOUT_LIMIT
    at = []
    for window in terms.times:
        there = candidate.week.overlap(window)
        hands = candidate.people or (WITHOUT_LIMIT if reading is Reading.HOPED else 1)
        at.append(unsaid if there is None else there * hands)
    return Helper(free, (*at, free))
