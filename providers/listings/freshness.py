"""How long "this is still right" is good for. It asks no database."""

from __future__ import annotations

import datetime

from providers.models.confirmation import GOOD_FOR as GOOD_FOR


def good_until(confirmed_on: datetime.date) -> datetime.date:
    """The last day on which it is good."""
    return confirmed_on + GOOD_FOR


def oldest_good(today: datetime.date) -> datetime.date:
    """The earliest day of confirmation that is good today."""
    return today - GOOD_FOR


def is_good(confirmed_on: datetime.date | None, today: datetime.date) -> bool:
    return confirmed_on is not None and confirmed_on >= oldest_good(today)
