"""Hours of the day: read as people type them, and said as people read them. Minutes after midnight; no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from providers.models.availability import Day

Span = tuple[int, int]
NOON, MIDNIGHT = 12 * 60, 24 * 60
# Two are a morning and an afternoon; more would be a rota.
MOST_SPANS = 2

NAMED = {"noon": NOON, "midday": NOON, "12noon": NOON, "12midday": NOON, "midnight": MIDNIGHT, "12midnight": MIDNIGHT}
CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?(am|pm)?", re.ASCII)
BETWEEN_TIMES = re.compile(r"-|\bto\b|\buntil\b|\btill?\b")
BETWEEN_SPANS = re.compile(r"[,;&\n]|\band\b")


class NotHours(Exception):
    """What was typed cannot be read as hours, or says a time that does not exist."""


class PastMidnight(Exception):
    """The hours run on into the next day, and have to be said there."""


class TooManySpans(Exception):
    """More than two spans of hours on one day."""


def read(typed: str) -> list[Span]:
    """Spans in order: "9-1 and 2-5" is 9am to 1pm and 2pm to 5pm. What overlaps or touches is made one.

    Raises NotHours, PastMidnight or TooManySpans.
    """
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", typed.lower()).replace("a.m.", "am").replace("p.m.", "pm")
    parts = [part for part in (piece.strip(" .") for piece in BETWEEN_SPANS.split(plain)) if part]
    spans: list[Span] = []
    for part in parts:
        spans.append(_span(part, after=spans[-1][1] if spans else 0))
    whole = _joined(sorted(spans))
    if len(whole) > MOST_SPANS:
        raise TooManySpans
    return whole


def _span(part: str, after: int) -> Span:
    times = [time.strip() for time in BETWEEN_TIMES.split(part)]
    if len(times) != 2:
        raise NotHours
    (start, start_is_sure), (end, end_is_sure) = _clock(times[0]), _clock(times[1])
    start %= MIDNIGHT
    meant = [start]
    if not start_is_sure and _is_later(start, end, end_is_sure, after):
        meant.insert(0, start + NOON)
    for begin in meant:
        finish = end + NOON if not end_is_sure and end <= begin else end
        if begin < finish <= MIDNIGHT:
            return begin, finish
    raise PastMidnight


def _is_later(start: int, end: int, end_is_sure: bool, after: int) -> bool:
    """Whether a bare "2" is two in the afternoon: after the hours before it, before the end, and not at night."""
    if start >= NOON or (end_is_sure and start + NOON >= end):
        return False
    return (end_is_sure and end > NOON) or start < after or start < 6 * 60


def _clock(written: str) -> tuple[int, bool]:
    """Minutes after midnight, and whether morning or afternoon was said: by am, pm, a leading zero or 24 hours."""
    bare = written.replace(" ", "")
    if bare in NAMED:
        return NAMED[bare], True
    found = CLOCK.fullmatch(bare)
    if found is None:
        raise NotHours
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if minute > 59 or hour > (12 if half else 24) or (hour == 24 and minute) or (half and hour == 0):
        raise NotHours
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    is_sure = bool(half) or hour > 12 or found[1].startswith("0")
    return hour * 60 + minute, is_sure


def _joined(spans: Iterable[Span]) -> list[Span]:
    whole: list[Span] = []
    for start, end in spans:
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def time_in_words(minutes: int) -> str:
    """GOV.UK's way: 9am, 5:30pm, midday, midnight."""
    if minutes in (0, MIDNIGHT):
        return _("midnight")
    if minutes == NOON:
        return _("midday")
    hour, minute = divmod(minutes, 60)
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''}{half}"


def spans_in_words(spans: Sequence[Sequence[int]]) -> str:
    said = [_("%(start)s to %(end)s") % {"start": time_in_words(a), "end": time_in_words(b)} for a, b in spans]
    return ", ".join(said)


def days_in_words(days: Iterable[str]) -> list[str]:
    """Days of a week; three or more in a row as "Monday to Friday"."""
    worked = [value in set(days) for value in Day.values]
    names = [str(label) for _value, label in Day.choices]
    if all(worked):
        return [_("Every day")]
    said: list[str] = []
    for is_worked, run in groupby(range(len(names)), key=lambda at: worked[at]):
        in_a_row = [names[at] for at in run]
        if is_worked and len(in_a_row) > 2:
            said.append(_("%(first)s to %(last)s") % {"first": in_a_row[0], "last": in_a_row[-1]})
        elif is_worked:
            said += in_a_row
    return said


def week(hours: Mapping[str, Sequence[Sequence[int]]]) -> list[tuple[list[str], Sequence[Sequence[int]]]]:
    """The days that share the same hours, together; in the order of the week."""
    together: dict[str, tuple[list[str], Sequence[Sequence[int]]]] = {}
    for day in Day.values:
        if spans := hours.get(day):
            together.setdefault(str([list(span) for span in spans]), ([], spans))[0].append(day)
    return list(together.values())


def week_in_words(hours: Mapping[str, Sequence[Sequence[int]]]) -> list[str]:
    """One line for all days of the same hours: "Monday to Friday: 9am to 1pm, 2pm to 5pm"."""
    return [f"{', '.join(days_in_words(days))}: {spans_in_words(spans)}" for days, spans in week(hours)]


def as_clock(minutes: int) -> str:
    """09:00, for machines; the end of a day is its last minute, since no clock shows 24:00."""
    hour, minute = divmod(min(minutes, MIDNIGHT - 1), 60)
    return f"{hour:02}:{minute:02}"
