"""How long a list may be, and what moving up and down does to its order. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

# More than anybody rings, and about as much as one PDF should hold.
MOST_KEPT = 20
# What was taken off can be put back for so long.
TAKEN_OFF_FOR = datetime.timedelta(days=7)


def moved(order: Sequence[int], key: int, by: int) -> list[int]:
    """The order with one of it so many places further down (or up, below 0); at either end it stays."""
    others = [each for each in order if each != key]
    if len(others) == len(order):
        return list(order)
    place = min(max(order.index(key) + by, 0), len(others))
    return [*others[:place], key, *others[place:]]
