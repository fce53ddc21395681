"""Which things asked together leave nobody who meets them all. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from commissioning.openness.board import Mask
from commissioning.sourcing.rules import About, Asked

MOST_SETS = 5
MOST_TOGETHER = 4


@dataclass(frozen=True)
class ShutBy:
    """What together nobody meets: conditions, and of the lot itself its whole area, its hours and its times."""

    lot: int
    conditions: tuple[Asked, ...] = ()
    whole: tuple[About, ...] = ()

    @property
    def size(self) -> int:
        return len(self.conditions) + len(self.whole)


def smallest_shutting(meeting: Sequence[Mask], everyone: Mask) -> list[tuple[int, ...]]:
    """The sets of places in `meeting` whose masks have nobody in common, without those that hold a smaller one."""
    found: list[tuple[int, ...]] = []
    if not everyone:
        return found
    for size in range(1, MOST_TOGETHER + 1):
        for places in combinations(range(len(meeting)), size):
            if any(set(smaller) <= set(places) for smaller in found):
                continue
            left = everyone
            for place in places:
                left &= meeting[place]
            if not left:
                found.append(places)
    return found[:MOST_SETS]


def shut_set(lot: int, things: Sequence[Asked | About]) -> ShutBy:
    return ShutBy(
        lot,
        tuple(thing for thing in things if isinstance(thing, Asked)),
        tuple(thing for thing in things if isinstance(thing, About)),
    )
