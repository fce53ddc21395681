"""Which rung of a ladder of reminders a day falls on. Pure: days go in, a rung comes out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

# The site may stand still for some days; after that a reminder would be news of the past.
STILL_WORTH_SENDING = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Window:
    """Things that fall due from `first` to `last`, both included, stand on this rung today."""

    rung: int
    first: datetime.date
    last: datetime.date


def windows(rungs: Sequence[int], today: datetime.date) -> list[Window]:
    """One window a rung, from the highest down; no day is in two of them.

    A rung holds from its own day until the next one's: what was missed on the day is sent late, and rungs that are
    already behind are never made up for.
    """
    ordered = sorted(rungs, reverse=True)
    below = [*(today + datetime.timedelta(days=rung + 1) for rung in ordered[1:]), None]
    return [_window(rung, first, today) for rung, first in zip(ordered, below, strict=True)]


def _window(rung: int, first: datetime.date | None, today: datetime.date) -> Window:
    last = today + datetime.timedelta(days=rung)
    return Window(rung, first or last - STILL_WORTH_SENDING, last)
