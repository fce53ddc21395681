"""Whether several providers' hours together fill what is wanted, each hour given once: a maximum flow. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# More minutes than a week of any team has: what somebody of whom it is not known is taken to have, when hoping.
WITHOUT_LIMIT = 10**9


@dataclass(frozen=True)
class Helper:
    """Minutes a week that somebody has free, and the most of them that they can give to each cell."""

    free: int
    at: tuple[int, ...]


def together(helpers: Sequence[Helper]) -> Helper:
    """What one provider can give, of several services: the most of any, because the same people give them."""
    return Helper(
        max(helper.free for helper in helpers),
        tuple(max(minutes) for minutes in zip(*(helper.at for helper in helpers), strict=True)),
    )


def covers(helpers: Sequence[Helper], wanted: Sequence[int]) -> bool:
    """Whether every cell can have its minutes.

    Gives what is there in turn, which settles nearly every case, and then moves minutes between cells along shortest
    augmenting paths until all is filled or no path is left (then a cut shows that nothing fills it).
    """
    if sum(min(helper.free, sum(helper.at)) for helper in helpers) < sum(wanted):
        return False
    sharing = Sharing(helpers, wanted)
    for place in range(len(helpers)):
        if not any(sharing.wanting):
            return True
        sharing.give_in_turn(place)
    return all(sharing.fill(cell) for cell in range(len(wanted)))


class Sharing:
    """Who gives how much to which cell, so far."""

    def __init__(self, helpers: Sequence[Helper], wanted: Sequence[int]) -> None:
        self.helpers = helpers
        self.wanting = list(wanted)
        self.spare = [helper.free for helper in helpers]
        self.given = [[0] * len(wanted) for _helper in helpers]

    def give_in_turn(self, place: int) -> None:
        for cell, most in enumerate(self.helpers[place].at):
            self.give(place, cell, min(self.spare[place], most, self.wanting[cell]))

    def give(self, place: int, cell: int, minutes: int) -> None:
        self.spare[place] -= minutes
        self.given[place][cell] += minutes
        self.wanting[cell] -= minutes

    def fill(self, cell: int) -> bool:
        """Give a cell all that it still wants, if others can step in for those who move to it."""
        while self.wanting[cell]:
            steps = self.path_to(cell)
            if not steps:
                return False
            self.move(steps)
        return True

    def path_to(self, cell: int) -> list[tuple[int, int]]:
        """Steps (helper, cell) from the wanting cell to a helper with minutes to spare; empty where there is none.

        Each helper but the last takes from the next step's cell what it gives to its own.
        """
        came_from: dict[int, tuple[int, int]] = {}
        queue, seen = deque([cell]), {cell}
        asked: set[int] = set()
        while queue:
            here = queue.popleft()
            for place, helper in enumerate(self.helpers):
                if place in asked or helper.at[here] <= self.given[place][here]:
                    continue
                asked.add(place)
                if self.spare[place]:
                    return self.steps_back(place, here, came_from)
                for other, minutes in enumerate(self.given[place]):
                    if minutes and other not in seen:
                        seen.add(other)
                        came_from[other] = (place, here)
                        queue.append(other)
        return []

    def steps_back(self, place: int, cell: int, came_from: dict[int, tuple[int, int]]) -> list[tuple[int, int]]:
        steps = [(place, cell)]
        while cell in came_from:
            place, cell = came_from[cell]
            steps.append((place, cell))
        return steps[::-1]

    def move(self, steps: list[tuple[int, int]]) -> None:
        """Along the path, as many minutes as its narrowest step allows."""
        first, last = steps[0][1], steps[-1][0]
        room = [self.helpers[place].at[cell] - self.given[place][cell] for place, cell in steps]
        taken = [self.given[place][after] for (place, _cell), (_next, after) in pairwise(steps)]
        minutes = min([self.wanting[first], self.spare[last], *room, *taken])
        for number, (place, cell) in enumerate(steps):
            self.given[place][cell] += minutes
            if number + 1 < len(steps):
                self.given[place][steps[number + 1][1]] -= minutes
        self.wanting[first] -= minutes
        self.spare[last] -= minutes
