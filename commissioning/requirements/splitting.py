"""A lot that nobody could do alone, cut into lots that several could. Pure: the field as assessed in, parts out.

Cuts are tried through the map (along both axes), the week, the day and the hours, and the one kept that brings the
most providers to the poorer of its two halves. It proposes; the commissioner decides.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from commissioning.sourcing.reach import Point
from commissioning.sourcing.rules import ALL_LOTS, About, Assessment, Candidate, Fit
from commissioning.sourcing.times import DAYS, Presence, Window, presence

# With three able to answer there is a choice, and somebody to step in.
ENOUGH = 3
MOST_PARTS = 8
# What a cut changes; everything else a candidate meets or does not, however the lot is cut.
CUT = frozenset({About.REACH, About.HOURS, About.TIMES})


@dataclass(frozen=True)
class Able:
    """Somebody who meets everything that no cut changes. Hours in minutes a week; None where nobody said."""

    provider: str
    reaches: frozenset[str]
    minutes_free: int | None
    candidate: Candidate


@dataclass(frozen=True)
class Part:
    """A lot as it would be: districts, windows of the week, and minutes a week; None where it is not by the hour."""

    places: tuple[str, ...]
    times: tuple[Window, ...]
    minutes: int | None


@dataclass(frozen=True)
class Proposal:
    """Parts with how many providers could do each alone, and how many could do the whole."""

    parts: tuple[tuple[Part, int], ...]
    whole: int

    @property
    def least(self) -> int:
        return min(count for _part, count in self.parts)

    @property
    def is_a_split(self) -> bool:
        return len(self.parts) > 1


def able_to_answer(standing: Iterable[tuple[str, Candidate, Assessment, frozenset[str]]]) -> list[Able]:
    """Those who meet what no cut changes, from provider, candidate, assessment and districts reached of each."""
    return [
        Able(provider, reaches, None if free is None else free * 60, candidate)
        for provider, candidate, assessment, reaches in standing
        for free in [candidate.hours_free]
        if all(
            finding.fit is Fit.FITS
            for finding in assessment.findings
            if finding.about not in CUT and finding.kind != ALL_LOTS
        )
    ]


def propose(whole: Part, able: Sequence[Able], points: Mapping[str, Point]) -> Proposal:
    """Cut until each part has `ENOUGH` who could do it alone, no cut helps, or there are `MOST_PARTS`.

    The same facts always give the same parts. Parts stand in the order of the map's districts and of the week.
    """
    at_first = count(whole, able)
    open_parts: list[Part] = [whole]
    done: list[Part] = []
    while open_parts and len(open_parts) + len(done) < MOST_PARTS:
        part = open_parts.pop(0)
        halves = best_cut(part, able, points) if count(part, able) < ENOUGH else None
        if halves:
            open_parts += halves
        else:
            done.append(part)
    parts = sorted(done + open_parts, key=lambda part: (part.places, [by_week(one) for one in part.times]))
    return Proposal(tuple((part, count(part, able)) for part in parts), at_first)


def count(part: Part, able: Iterable[Able]) -> int:
    """How many providers could do the part alone."""
    return len({one.provider for one in able if can(one, part)})


def can(one: Able, part: Part) -> bool:
    if not one.reaches.issuperset(part.places):
        return False
    if part.minutes is not None and (one.minutes_free is None or one.minutes_free < part.minutes):
        return False
    people = one.candidate.people
    return all(presence(one.candidate.week, people, window) is Presence.ENOUGH for window in part.times)


def best_cut(part: Part, able: Sequence[Able], points: Mapping[str, Point]) -> tuple[Part, Part] | None:
    """The cut whose poorer half has the most who could do it, then whose halves have most together.

    None where no cut brings more to either half than the part has now.
    """
    now = count(part, able)
    best, most = None, (now, 2 * now)
    for first, second in cuts(part, points):
        counts = count(first, able), count(second, able)
        if (min(counts), sum(counts)) > most:
            best, most = (first, second), (min(counts), sum(counts))
    return best


def cuts(part: Part, points: Mapping[str, Point]) -> Iterator[tuple[Part, Part]]:
    """Every cut worth trying, those that keep the work of a place together first."""
    yield from cuts_of_the_map(part, points)
    yield from cuts_of_the_times(part)
    if part.minutes is not None and part.minutes >= 2 * 60:
        yield in_half(part)


def cuts_of_the_map(part: Part, points: Mapping[str, Point]) -> Iterator[tuple[Part, Part]]:
    for axis in (0, 1):
        along = sorted(part.places, key=lambda place: (points[place][axis], place))
        for at in range(1, len(along)):
            yield shared(part, along[:at]), shared(part, along[at:])


def shared(part: Part, places: Sequence[str]) -> Part:
    """A part's districts with their share of its work: nobody said how it lies, so each district has as much."""
    share = len(places) / len(part.places)
    there = replace(part, places=tuple(sorted(places)))
    if part.times:
        return timed(there, scaled(part.times, share))
    return replace(there, minutes=None if part.minutes is None else to_whole(part.minutes * share, 60))


def scaled(times: Iterable[Window], share: float) -> list[Window]:
    return [replace(window, minutes=to_whole(window.minutes * share, 15)) for window in times]


def to_whole(minutes: float, unit: int) -> int:
    """Up to whole hours or quarters, which is how people plan; so that nothing is lost between two parts."""
    return math.ceil(round(minutes / unit, 6)) * unit


def cuts_of_the_times(part: Part) -> Iterator[tuple[Part, Part]]:
    """Earlier days from later ones, and earlier hours of every day from later ones."""
    days = sorted({DAYS.index(window.day) for window in part.times})
    for day in days[1:]:
        yield split_times(part, [window for window in part.times if DAYS.index(window.day) < day])
    for start in sorted({window.starts for window in part.times})[1:]:
        yield split_times(part, [window for window in part.times if window.starts < start])


def split_times(part: Part, earlier: Sequence[Window]) -> tuple[Part, Part]:
    later = [window for window in part.times if window not in earlier]
    return timed(part, earlier), timed(part, later)


def timed(part: Part, windows: Iterable[Window]) -> Part:
    """With windows the minutes follow from them."""
    chosen = tuple(sorted(windows, key=by_week))
    return replace(part, times=chosen, minutes=sum(window.minutes for window in chosen))


def by_week(window: Window) -> tuple[int, int]:
    return DAYS.index(window.day), window.starts


def in_half(part: Part) -> tuple[Part, Part]:
    """Half of the hours everywhere and at all times, for two who share the work."""
    if part.times:
        half = timed(part, scaled(part.times, 0.5))
        return half, half
    minutes = part.minutes or 0
    first = -(-minutes // 120) * 60
    return replace(part, minutes=first), replace(part, minutes=minutes - first)
