"""Days and hours of a service, from its schedules. Pure; minutes after midnight."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from providers.open_referral.plain import Row, over, rows, text

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BY_ICALENDAR = {day[:2].upper(): day for day in DAYS}
MIDNIGHT = 24 * 60

_DAY = r"(mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|nes|urs|ur)?(?:day)?s?\b"
_RANGE = re.compile(rf"\b{_DAY}\s*(?:to|-|–|until)\s*{_DAY}", re.I)
_ONE = re.compile(rf"\b{_DAY}", re.I)
_MANY = (
    (re.compile(r"\bevery ?day\b|\bdaily\b|\b7 days\b|\bseven days\b", re.I), DAYS),
    (re.compile(r"\bweekdays\b", re.I), DAYS[:5]),
    (re.compile(r"\bweekends\b", re.I), DAYS[5:]),
)
PARTS = tuple((re.compile(rf"\b{part}s?\b", re.I), part) for part in ("morning", "afternoon", "evening", "night"))

# (day, from, to)
Span = tuple[str, int, int]


@dataclass(frozen=True)
class Times:
    days: tuple[str, ...]
    parts: tuple[str, ...]
    spans: tuple[Span, ...]
    # What a schedule says in words and is no weekly day or hour: "first Monday of the month".
    note: str


def times_of(row: Row, today: datetime.date) -> Times:
    """Weekly days and hours that still hold. A monthly one is kept in its own words: its day is not every week's."""
    days: set[str] = set()
    parts: set[str] = set()
    spans: list[Span] = []
    notes: list[str] = []
    for schedule in _schedules(row):
        if over(schedule, today):
            continue
        words = text(schedule, "description")
        if not _is_weekly(schedule):
            notes.append(words)
            continue
        on = _days(schedule, words)
        days.update(on)
        parts.update(part for pattern, part in PARTS if pattern.search(words))
        spans += _spans(on, schedule)
    return Times(
        days=tuple(day for day in DAYS if day in days),
        parts=tuple(part for _pattern, part in PARTS if part in parts),
        spans=_joined(spans),
        note="; ".join(dict.fromkeys(filter(None, notes)))[:200],
    )


def _schedules(row: Row) -> list[Row]:
    own = rows(row, "schedules") or rows(row, "regular_schedules")
    return own or [held for at in rows(row, "service_at_locations") for held in rows(at, "schedules")]


def _is_weekly(schedule: Row) -> bool:
    every = schedule.get("interval")
    return text(schedule, "freq").upper() in ("WEEKLY", "DAILY", "") and every in (None, 1, "1", "")


def _days(schedule: Row, words: str) -> list[str]:
    byday = text(schedule, "byday").upper().replace(" ", "").split(",")
    named = [_BY_ICALENDAR[day] for day in byday if day in _BY_ICALENDAR]
    if text(schedule, "freq").upper() == "DAILY" and not named:
        return list(DAYS)
    return named or days_in(words)


def days_in(words: str) -> list[str]:
    """The days that are named: "Monday to Friday", "Tues and Thurs", "every day"."""
    found: set[str] = set()
    for pattern, days in _MANY:
        if pattern.search(words):
            found.update(days)
    for first, last in _RANGE.findall(words):
        start, end = DAYS.index(first.lower()), DAYS.index(last.lower())
        found.update(DAYS[start : end + 1] if start <= end else DAYS[start:] + DAYS[: end + 1])
    found.update(day.lower() for day in _ONE.findall(words))
    return [day for day in DAYS if day in found]


def _spans(days: list[str], schedule: Row) -> list[Span]:
    start, end = minutes(text(schedule, "opens_at")), minutes(text(schedule, "closes_at"))
    if start is None or end is None:
        return []
    # 23:59 is how a clock says the end of the day; hours past midnight belong to the next day.
    end = MIDNIGHT if end in (0, MIDNIGHT - 1) else end
    if start == end:
        return []
    if start < end:
        return [(day, start, end) for day in days]
    after = [(DAYS[(DAYS.index(day) + 1) % 7], 0, end) for day in days]
    return [(day, start, MIDNIGHT) for day in days] + after


def minutes(clock: str) -> int | None:
    """09:00, 9:00:00, 09:00Z or 09.30+01:00: the hour as it is written, for it is the hour on the door."""
    found = re.match(r"(?:\d{4}-\d\d-\d\dT)?(\d{1,2})[:.](\d{2})", clock, re.ASCII)
    if found is None or int(found[1]) > 24 or int(found[2]) > 59:
        return None
    return min(int(found[1]) * 60 + int(found[2]), MIDNIGHT)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    whole: list[Span] = []
    for day, start, end in sorted(set(spans), key=lambda span: (DAYS.index(span[0]), span[1], span[2])):
        if whole and whole[-1][0] == day and start <= whole[-1][2]:
            whole[-1] = (day, whole[-1][1], max(end, whole[-1][2]))
        else:
            whole.append((day, start, end))
    return tuple(whole)
