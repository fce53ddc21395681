"""Times and amounts of work of a lot, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.models import Lot, LotTime
from providers.listings.hours import time_in_words
from providers.models.availability import Day


def in_order(lot: Lot) -> list[LotTime]:
    """The times of a lot in the order of the week."""
    week = list(Day.values)
    return sorted(lot.times.all(), key=lambda time: (week.index(time.day), time.starts_minute))


def window_words(time: LotTime) -> str:
    """Monday, 7am to 10am."""
    return span_words(time.day, time.starts_minute, time.ends_minute)


def span_words(day: str, starts: int, ends: int) -> str:
    words = _("%(day)s, %(starts)s to %(ends)s")
    return words % {"day": Day(day).label, "starts": time_in_words(starts), "ends": time_in_words(ends)}


def work_words(minutes: int) -> str:
    """6 hours; 4 hours 30 minutes."""
    hours, rest = divmod(minutes, 60)
    said = [ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}] if hours else []
    if rest:
        said.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(said)
