"""The same programme with give in it: hours that nobody covers, then everything else that a council could change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np

from commissioning.coops.model import Model, Pair
from commissioning.coops.programme import Numbers
from commissioning.coops.task import Partner, Task

# What a change weighs against an hour of care that nobody gives, in minutes. A judgement: it is easier to let one more
# partner in, or to pay a pound an hour more, than to leave people without two hours; dropping a condition weighs more.
WEIGHTS = {"hours": 1.0, "partners": 120.0, "stand_ins": 120.0, "price": 1.2, "condition": 240.0}
REACH = "reach"
WEIGHT_OF_REACH = 480.0


@dataclass(frozen=True)
class Change:
    """One thing to change: minutes of a cell, partners, stand-ins of a lot, pence an hour, or a condition to drop."""

    what: Literal["hours", "partners", "stand_ins", "price", "condition"]
    amount: int = 0
    cell: int = -1
    lot: int = -1
    condition: str = ""


class Short(Model):
    """Hours may stay uncovered, at the price of each minute; everything else holds."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self.slack: list[tuple[int, float, Change]] = []
        self.missing: dict[int, int] = {}

    def give(self, most: float, weight: float, change: Change) -> int:
        column = self.programme.add_column(most, is_integer=True)
        self.slack.append((column, weight, change))
        return column

    def cover(self, cell: int, minutes: float, columns: list[int]) -> None:
        self.missing[cell] = self.give(minutes, WEIGHTS["hours"], Change("hours", cell=cell))
        super().cover(cell, minutes, [*columns, self.missing[cell]])

    def weights(self) -> Numbers:
        costs = np.zeros(self.programme.width)
        for column, weight, _change in self.slack:
            costs[column] = weight
        return costs

    def changes(self, values: Numbers) -> list[Change]:
        amounts = ((change, round(values[column])) for column, _weight, change in self.slack)
        return [
            Change(change.what, amount, change.cell, change.lot, change.condition)
            for change, amount in amounts
            if amount
        ]


class Elastic(Short):
    """Everything a council could change has a price: hours, partners, stand-ins, the price cap and each condition.

    Wishes are nobody's to change or to know of, and the ground that the law asks for is not a condition of the council:
    neither has any give.
    """

    def build(self) -> Self:
        super().build()
        self.gate_prices()
        self.gate_conditions()
        return self

    def may_give(self, partner: Partner, lot: int) -> bool:
        unpriced = lot in self.task.price_caps and partner.price(lot) is None
        return self.task.ranks(partner, lot) and not unpriced

    def limit_partners(self) -> None:
        more = self.give(float(len(self.members)), WEIGHTS["partners"], Change("partners"))
        most = float(self.task.most_partners)
        self.programme.at_most(most, [*self.members, more], [*[1.0] * len(self.members), -1.0])

    def spare(self, cell: int, wanted: int, columns: list[int], factors: list[float]) -> None:
        """Fewer to step in; and nobody needs to where all hours of the cell were given up."""
        lot, minutes = self.task.cells[cell].lot, float(self.task.cells[cell].minutes)
        fewer = self.give(float(wanted), WEIGHTS["stand_ins"], Change("stand_ins", lot=lot))
        gone = self.programme.add_column(1.0, is_integer=True)
        self.programme.at_least(0.0, [self.missing[cell], gone], [1.0, -minutes])
        super().spare(cell, wanted, [*columns, fewer, gone], [*factors, 1.0, float(wanted)])

    def gate_prices(self) -> None:
        """Who is too dear works where the cap rises by what is between. One rise for all lots."""
        over = {
            (place, lot): (self.partners[place].price(lot) or 0) - self.task.price_caps[lot]
            for (place, lot) in self._by_lot()
            if self.task.is_too_dear(self.partners[place], lot)
        }
        if over:
            rise = self.give(float(max(over.values())), WEIGHTS["price"], Change("price"))
            for (place, lot), pence in over.items():
                works = self._works(place, lot)
                self.programme.at_most(0.0, [works, rise], [float(pence), -1.0])

    def gate_conditions(self) -> None:
        dropped: dict[str, int] = {}
        for place, lot in self._by_lot():
            for name in sorted(self.partners[place].lacks.get(lot, ())):
                if name not in dropped:
                    weight = WEIGHT_OF_REACH if name == REACH else WEIGHTS["condition"]
                    dropped[name] = self.give(1.0, weight, Change("condition", condition=name))
                self._only_where(place, lot, dropped[name])

    def _by_lot(self) -> dict[tuple[int, int], list[Pair]]:
        found: dict[tuple[int, int], list[Pair]] = defaultdict(list)
        for pair in self.pairs:
            found[pair.partner, self.task.cells[pair.cell].lot].append(pair)
        return found

    def _works(self, place: int, lot: int) -> int:
        """A column that is 1 where the partner gives anything in the lot."""
        column = self.programme.add_column(1.0, is_integer=True)
        self._only_where(place, lot, column)
        return column

    def _only_where(self, place: int, lot: int, column: int) -> None:
        pairs = [pair for pair in self.of_partner[place] if self.task.cells[pair.cell].lot == lot]
        most = float(sum(pair.most for pair in pairs))
        self.programme.at_most(0.0, [*[pair.column for pair in pairs], column], [*[1.0] * len(pairs), -most])
