"""The weeks of a provider as its page shows them, those without a row included."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from providers.figures.rules import length, weeks_back
from providers.models import Provider, WeeklyFigure

WEEKS = 12
BAR = 100


@dataclass(frozen=True)
class Week:
    """`found_bar` and `opened_bar` are lengths out of 100."""

    monday: datetime.date
    found: int
    opened: int
    asked: int
    found_bar: int
    opened_bar: int


def weeks_of(provider: Provider, today: datetime.date) -> list[Week]:
    """The last twelve weeks, this one first."""
    mondays = weeks_back(today, WEEKS)
    rows = WeeklyFigure.objects.filter(provider=provider, week__in=mondays)
    kept = {row.week: (row.found, row.opened, row.asked) for row in rows}
    said = [(monday, *kept.get(monday, (0, 0, 0))) for monday in mondays]
    # One scale for both: opened is a part of found, and should look it.
    largest = max((max(found, opened) for _monday, found, opened, _asked in said), default=0)
    return [
        Week(monday, found, opened, asked, length(found, largest, BAR), length(opened, largest, BAR))
        for monday, found, opened, asked in said
    ]
