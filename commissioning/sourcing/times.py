"""Whether somebody works when work is wanted. Pure: what was said of a week, against windows of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

Span = tuple[int, int]
"""From and to, in minutes after midnight of one day."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60
# What people mean by a part of the day. A night is the end of one day and the beginning of the next.
PARTS: Mapping[str, tuple[Span, ...]] = {
    "morning": ((6 * 60, 12 * 60),),
    "afternoon": ((12 * 60, 18 * 60),),
    "evening": ((18 * 60, 22 * 60),),
    "night": ((0, 6 * 60), (22 * 60, MIDNIGHT)),
}


@dataclass(frozen=True)
class Window:
    """When some of a lot's hours are wanted, and how many minutes of work are in it each week."""

    day: str
    starts: int
    ends: int
    minutes: int


@dataclass(frozen=True)
class Week:
    """The spans in which a service can be had, by day. Of a day that is not a key nobody said anything."""

    spans: Mapping[str, tuple[Span, ...]]

    def overlap(self, window: Window) -> int | None:
        """Minutes of the window that one person can be there; None where nobody said."""
        if window.day not in self.spans:
            return None
        return sum(
            max(0, min(ends, window.ends) - max(starts, window.starts)) for starts, ends in self.spans[window.day]
        )


NOTHING_SAID = Week({})


def week_of(hours: Mapping[str, Iterable[Iterable[int]]], days: Collection[str], parts: Iterable[str]) -> Week:
    """What a service says of its week: its hours, else its parts of the day on its days.

    A day that it works at no stated time is not known. A day that it does not name, while it names others, is not
    worked.
    """
    usual = tuple(sorted(span for part in parts for span in PARTS[part]))
    spans: dict[str, tuple[Span, ...]] = {}
    for day in DAYS:
        if day in hours:
            spans[day] = tuple((starts, ends) for starts, ends in hours[day])
        elif day in days and usual:
            spans[day] = usual
        elif day not in days and (hours or days):
            spans[day] = ()
    return Week(spans)


class Presence(Enum):
    """Whether the people there are can do all the work of a window."""

    ENOUGH = "enough"
    SHORT = "short"
    NOT_KNOWN = "not_known"


def presence(week: Week, people: int | None, window: Window) -> Presence:
    """Each person can work the overlap once. Where their number is not known there is at least one."""
    there = week.overlap(window)
    if there is None:
        return Presence.NOT_KNOWN
    if there * (people or 1) >= window.minutes:
        return Presence.ENOUGH
    return Presence.NOT_KNOWN if there and people is None else Presence.SHORT
