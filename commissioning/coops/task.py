"""What a team is looked for: cells of work, partners who could give hours in them, and the terms. Pure facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Objective = Literal["smallest", "cheapest", "most_local", "most_resilient"]
Share = tuple[str, int]
"""A partner's key and the index of a cell."""

ANY_TIME = ""


@dataclass(frozen=True)
class Cell:
    """Person-minutes a week wanted of a lot between two minutes of a day; the day "" stands for any time."""

    lot: int
    day: str
    starts: int
    ends: int
    minutes: int


@dataclass(frozen=True)
class Partner:
    """Who could give hours. `can` has the most minutes a week for each cell, `metres` the way to each lot.

    `lacks` names, for a lot, the conditions that the partner does not meet: it gives nothing there while they stand.
    A partner without a price is left out where price decides, one without a distance where distance does: neither is
    guessed. `pence_in` has the price of a lot where it is another one. `people` work side by side; who works alone also
    has to get from one place to the next.
    """

    key: str
    minutes_free: int
    can: Mapping[int, int]
    pence_per_hour: int | None = None
    metres: Mapping[int, int] = field(default_factory=dict)
    not_with: frozenset[str] = frozenset()
    only_with: frozenset[str] = frozenset()
    people: int = 1
    lacks: Mapping[int, frozenset[str]] = field(default_factory=dict)
    pence_in: Mapping[int, int | None] = field(default_factory=dict)

    def price(self, lot: int) -> int | None:
        return self.pence_in.get(lot, self.pence_per_hour)


@dataclass(frozen=True)
class Task:
    """`stand_ins`: for a lot, how many of the team besides those at work could come in each of its windows.

    `travel`: minutes between two lots, either way round. `price_caps`: pence an hour, for a lot. `must`: keys that any
    team has to hold. `grain`: the minutes in which the most resilient team reckons the largest part of anyone.
    `unlike`: teams of which at least one has to stay out, as when the next best is asked for.
    """

    cells: tuple[Cell, ...]
    partners: tuple[Partner, ...]
    most_partners: int
    objective: Objective = "smallest"
    stand_ins: Mapping[int, int] = field(default_factory=dict)
    travel: Mapping[tuple[int, int], int] = field(default_factory=dict)
    price_caps: Mapping[int, int] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    grain: int = 15
    unlike: tuple[frozenset[str], ...] = ()

    @property
    def minutes(self) -> int:
        return sum(cell.minutes for cell in self.cells)

    def travel_between(self, lot: int, other: int) -> int:
        return self.travel.get((lot, other), self.travel.get((other, lot), 0))

    def most_minutes(self, partner: Partner, index: int) -> int:
        """What the partner could give in a cell at most, whatever is asked of it besides hours."""
        cell = self.cells[index]
        most = min(partner.can.get(index, 0), partner.minutes_free, cell.minutes)
        if cell.day != ANY_TIME:
            most = min(most, partner.people * (cell.ends - cell.starts))
        return max(most, 0)

    def ranks(self, partner: Partner, lot: int) -> bool:
        """Whether what the objective compares is known of the partner."""
        if self.objective == "cheapest":
            return partner.price(lot) is not None
        return self.objective != "most_local" or lot in partner.metres

    def is_too_dear(self, partner: Partner, lot: int) -> bool:
        """Above the cap, or of no known price where there is one."""
        cap, price = self.price_caps.get(lot), partner.price(lot)
        return cap is not None and (price is None or price > cap)

    def may_give(self, partner: Partner, lot: int) -> bool:
        return not partner.lacks.get(lot) and not self.is_too_dear(partner, lot) and self.ranks(partner, lot)


@dataclass(frozen=True)
class Found:
    """A team in the order of its keys, and who gives how many minutes where.

    `value` and `bound` are in the objective's own unit: partners, pence a week, mean metres of an hour's work, minutes
    of whoever carries most. No team can have a value below `bound`; `proved` says that none is better than this one.
    """

    team: tuple[str, ...]
    shares: Mapping[Share, int]
    value: float
    bound: float
    proved: bool

    @property
    def gap(self) -> float:
        """How far the value may be from the best there is, as a part of the value."""
        return 0.0 if self.proved or not self.value else max(0.0, (self.value - self.bound) / self.value)
