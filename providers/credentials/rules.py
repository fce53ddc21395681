"""What a credential's dates mean. Pure: today is an argument, and nothing here knows a database.

A day is a whole day where the council is: a credential holds through the last second of its last day and has lapsed
from the first second of the next (rule 5). So only dates are stored, never a flag that somebody must remember to flip.
"""

from __future__ import annotations

import calendar
import datetime
from enum import StrEnum

SOON = datetime.timedelta(days=30)


class Status(StrEnum):
    WAITING = "waiting"
    CURRENT = "current"
    ENDING_SOON = "ending_soon"
    NOT_YET = "not_yet"
    LAPSED = "lapsed"
    REFUSED = "refused"
    DOES_NOT_APPLY = "does_not_apply"

    @property
    def holds_today(self) -> bool:
        return self in (Status.CURRENT, Status.ENDING_SOON)


def lapsed(*, ends_on: datetime.date | None, today: datetime.date) -> bool:
    return ends_on is not None and today > ends_on


def ends_soon(*, ends_on: datetime.date | None, today: datetime.date) -> bool:
    return ends_on is not None and today <= ends_on <= today + SOON


def days_left(*, ends_on: datetime.date | None, today: datetime.date) -> int | None:
    """Nights until it has ended: 0 on its last day. None where it never ends by itself."""
    return None if ends_on is None else (ends_on - today).days


def status(
    *,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    seen: bool,
    refused: bool,
    today: datetime.date,
    applies: bool = True,
) -> Status:
    """How a claim stands today. `seen` and `refused` are the answer of the check that counts: the newest.

    `standing.with_status` says the same in SQL; the two are held equal by a test.
    """
    if not applies:
        return Status.DOES_NOT_APPLY
    if refused:
        return Status.REFUSED
    if lapsed(ends_on=ends_on, today=today):
        return Status.LAPSED
    if not seen:
        return Status.WAITING
    if today < starts_on:
        return Status.NOT_YET
    return Status.ENDING_SOON if ends_soon(ends_on=ends_on, today=today) else Status.CURRENT


def in_force_throughout(
    starts_on: datetime.date, ends_on: datetime.date | None, first: datetime.date, last: datetime.date
) -> bool:
    """Whether it holds on every day from `first` to `last`, both included."""
    return starts_on <= first and (ends_on is None or ends_on >= last)


def last_day(starts_on: datetime.date, months: int) -> datetime.date:
    """The last day of a number of months from a day: twelve from 1 March 2026 end on 28 February 2027."""
    years, month = divmod(starts_on.month - 1 + months, 12)
    year, month = starts_on.year + years, month + 1
    if starts_on.day > calendar.monthrange(year, month)[1]:
        # 31 January and one month: the whole of February, since it has no day before its own 31st.
        return datetime.date(year, month, calendar.monthrange(year, month)[1])
    return datetime.date(year, month, starts_on.day) - datetime.timedelta(days=1)


def check_is_good(*, seen_on: datetime.date, months: int | None, today: datetime.date) -> bool:
    """Whether a council still goes by what was seen on that day, or wants to look again. None: for good."""
    return months is None or today <= last_day(seen_on, months)


def employers_liability_applies(*, employs_anyone: bool | None) -> bool | None:
    """Employers' liability follows from employing somebody, never from the legal form (rule 4). None: not known."""
    return employs_anyone
