"""Weeks, bars, and who is not a person. Pure: no Django, no clock."""

from __future__ import annotations

import datetime
import re

A_WEEK = datetime.timedelta(days=7)

# Those that say what they are. One that pretends to be a person's browser is counted: figures are "about". Cubot makes
# telephones.
ROBOTS = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|scan|monitor|uptime|preview|facebookexternalhit|whatsapp|curl|wget|python|java/"
    r"|go-http|okhttp|axios|node|libwww|httpclient|headless|lighthouse|archiver|feed",
    re.IGNORECASE,
)


def monday_of(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def weeks_back(today: datetime.date, number: int) -> list[datetime.date]:
    """The Mondays of so many weeks, this one first."""
    this_week = monday_of(today)
    return [this_week - back * A_WEEK for back in range(number)]


def is_robot(user_agent: str) -> bool:
    """Whether a visitor says that it is a program. A browser always says something of itself."""
    return not user_agent.strip() or ROBOTS.search(user_agent) is not None


def length(value: int, largest: int, whole: int) -> int:
    """How long a bar is, of a `whole`; anything above nothing can be seen."""
    if not value:
        return 0
    return max(1, round(whole * value / largest))
