"""Sums, days and moments as OCDS 1.1.5 writes them. Pure."""

from __future__ import annotations

import calendar
import datetime
from typing import Any
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")
Facts = dict[str, Any]


def money(pence: int) -> Facts:
    """Whole pounds stay whole; else the shortest number that is these pence and no others."""
    amount = pence / 100 if pence % 100 else pence // 100
    # The standard does not say whether a sum holds VAT. Ours do, and this is the name that others publish it under.
    return {"amount": amount, "currency": "GBP", "valueAddedTaxIncluded": True}


def moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def first_moment(day: str) -> str:
    """A day is one by the clocks of this country: in summer it begins an hour before that of UTC."""
    return _on(datetime.date.fromisoformat(day), datetime.time.min)


def last_moment(day: str) -> str:
    return _on(datetime.date.fromisoformat(day), datetime.time(23, 59, 59))


def _on(day: datetime.date, time: datetime.time) -> str:
    return datetime.datetime.combine(day, time, HERE).isoformat()


def period(starts_on: str, ends_on: str, extension_months: int) -> Facts:
    told = {"startDate": first_moment(starts_on), "endDate": last_moment(ends_on)}
    if extension_months:
        told["maxExtentDate"] = last_moment(months_after(ends_on, extension_months))
    return told


def months_after(day: str, months: int) -> str:
    """The same day of a later month; its last day where it has no such day, or where this is the last of its own."""
    date = datetime.date.fromisoformat(day)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = date.day == calendar.monthrange(date.year, date.month)[1]
    return datetime.date(year, month + 1, last if is_last else min(date.day, last)).isoformat()


def only_told(value: Any) -> Any:
    """Without what is not known: nothing is null, and nothing empty."""
    if isinstance(value, dict):
        told = {name: only_told(each) for name, each in value.items()}
        return {name: each for name, each in told.items() if each not in (None, "", [], {})}
    if isinstance(value, list):
        return [each for each in map(only_told, value) if each not in (None, "", [], {})]
    return value.strip() if isinstance(value, str) else value
