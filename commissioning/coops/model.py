"""The programme of a task: who is in the team, and how many minutes each gives in each cell.

Facts are taken in the order of their keys, whatever order they came in: HiGHS then walks the same way each time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Self

import numpy as np

from commissioning.coops.programme import Numbers, Programme
from commissioning.coops.task import ANY_TIME, Partner, Task


@dataclass(frozen=True)
class Pair:
    """Minutes that one partner may give in one cell: a column of the programme."""

    partner: int
    cell: int
    most: int
    column: int


class Model:
    """A task as a programme. `members[i]` is the column that says whether `partners[i]` is in the team."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.programme = Programme()
        self.partners = sorted(task.partners, key=lambda partner: partner.key)
        self.cells = sorted(range(len(task.cells)), key=self._place_of)
        self.members = [self._add_member(partner) for partner in self.partners]
        self.pairs: list[Pair] = []
        self.of_partner: dict[int, list[Pair]] = defaultdict(list)
        self.of_cell: dict[int, list[Pair]] = defaultdict(list)
        self.heaviest: int | None = None

    def _place_of(self, index: int) -> tuple[int, str, int, int, int, int]:
        cell = self.task.cells[index]
        return cell.lot, cell.day, cell.starts, cell.ends, cell.minutes, index

    def _add_member(self, partner: Partner) -> int:
        return self.programme.add_column(1.0, lower=float(partner.key in self.task.must), is_integer=True)

    def may_give(self, partner: Partner, lot: int) -> bool:
        return self.task.may_give(partner, lot)

    def build(self) -> Self:
        self.add_pairs()
        self.cover_cells()
        self.hold_to_hours()
        self.limit_partners()
        self.leave_out_one_of_each()
        self.keep_wishes()
        self.ask_for_stand_ins()
        self.keep_to_the_clock()
        if self.task.objective == "most_resilient":
            self.weigh_the_heaviest()
        return self

    def add_pairs(self) -> None:
        task, place = self.task, {cell: number for number, cell in enumerate(self.cells)}
        lots = [cell.lot for cell in task.cells]
        for index, partner in enumerate(self.partners):
            open_lots = {lot for lot in set(lots) if self.may_give(partner, lot)}
            for cell in sorted(partner.can.keys() & place.keys(), key=place.__getitem__):
                most = task.most_minutes(partner, cell) if lots[cell] in open_lots else 0
                if most:
                    pair = Pair(index, cell, most, self.programme.add_column(float(most)))
                    self.pairs.append(pair)
                    self.of_partner[index].append(pair)
                    self.of_cell[cell].append(pair)

    def cover_cells(self) -> None:
        """Every minute wanted is given by somebody, hour by hour."""
        for index in self.cells:
            columns = [pair.column for pair in self.of_cell[index]]
            self.cover(index, float(self.task.cells[index].minutes), columns)

    def cover(self, cell: int, minutes: float, columns: list[int]) -> None:
        self.programme.add_row(columns, [1.0] * len(columns), lower=minutes, upper=minutes)

    def hold_to_hours(self) -> None:
        """Nobody gives more than is free, and who is not in the team gives nothing."""
        for index, pairs in self.of_partner.items():
            free = min(self.partners[index].minutes_free, sum(pair.most for pair in pairs))
            columns = [pair.column for pair in pairs]
            self.programme.at_most(0.0, [*columns, self.members[index]], [*[1.0] * len(columns), -float(free)])

    def limit_partners(self) -> None:
        self.programme.at_most(float(self.task.most_partners), self.members, [1.0] * len(self.members))

    def leave_out_one_of_each(self) -> None:
        for team in self.task.unlike:
            columns = [self.members[place] for place, partner in enumerate(self.partners) if partner.key in team]
            self.programme.at_most(len(team) - 1.0, columns, [1.0] * len(columns))

    def keep_wishes(self) -> None:
        """Nobody works with whom it would not, nor beside anyone where it named those it would work with."""
        place = {partner.key: index for index, partner in enumerate(self.partners)}
        apart = {
            tuple(sorted((place[partner.key], place[other])))
            for partner in self.partners
            for other in partner.not_with
            if other in place and other != partner.key
        }
        for one, other in sorted(apart):
            self.programme.at_most(1.0, [self.members[one], self.members[other]], [1.0, 1.0])
        for partner in self.partners:
            if partner.only_with:
                self._keep_only_with(partner)

    def _keep_only_with(self, partner: Partner) -> None:
        welcome = partner.only_with | {partner.key}
        others = [self.members[i] for i, other in enumerate(self.partners) if other.key not in welcome]
        most = float(min(len(others), max(self.task.most_partners, 0)))
        own = self.members[self.partners.index(partner)]
        self.programme.at_most(most, [*others, own], [*[1.0] * len(others), most])

    def ask_for_stand_ins(self) -> None:
        """In each window of the lot, so many in the team could come besides those who do."""
        for index in self.cells:
            cell = self.task.cells[index]
            wanted = self.task.stand_ins.get(cell.lot, 0)
            if wanted > 0 and cell.minutes:
                able = [self.members[pair.partner] for pair in self.of_cell[index] if self.is_able(pair)]
                busy = [self.at_work(pair) for pair in self.of_cell[index]]
                self.spare(index, wanted, [*able, *busy], [*[1.0] * len(able), *[-1.0] * len(busy)])

    def is_able(self, pair: Pair) -> bool:
        return self.task.may_give(self.partners[pair.partner], self.task.cells[pair.cell].lot)

    def spare(self, cell: int, wanted: int, columns: list[int], factors: list[float]) -> None:
        self.programme.at_least(float(wanted), columns, factors)

    def at_work(self, pair: Pair) -> int:
        """A column that is 1 where the pair's minutes are not 0."""
        column = self.programme.add_column(1.0, is_integer=True)
        self.programme.at_most(0.0, [pair.column, column], [1.0, -float(pair.most)])
        return column

    def keep_to_the_clock(self) -> None:
        """Nobody is in two places at once, and who works alone needs time for the way between two."""
        for index, pairs in self.of_partner.items():
            by_day: dict[str, list[Pair]] = defaultdict(list)
            for pair in pairs:
                by_day[self.task.cells[pair.cell].day].append(pair)
            by_day.pop(ANY_TIME, None)
            for day in sorted(by_day):
                self._keep_day(self.partners[index], by_day[day])

    def _keep_day(self, partner: Partner, pairs: list[Pair]) -> None:
        if len(pairs) == 1:
            return
        pairs = sorted(pairs, key=lambda pair: (self._hours(pair), pair.column))
        if partner.people == 1 and self.task.travel and self._travel_binds(pairs):
            self._visit_in_order(pairs)
        elif any(self._hours(two)[0] < self._hours(one)[1] for one, two in pairwise(pairs)):
            self._fit_into_the_day(partner.people, pairs)

    def _travel_binds(self, pairs: list[Pair]) -> bool:
        return any(self._way(one, two) and self._clash(one, two) > 0 for one, two in combinations(pairs, 2))

    def _hours(self, pair: Pair) -> tuple[int, int]:
        cell = self.task.cells[pair.cell]
        return cell.starts, cell.ends

    def _way(self, one: Pair, two: Pair) -> int:
        lots = self.task.cells[one.cell].lot, self.task.cells[two.cell].lot
        return 0 if lots[0] == lots[1] else self.task.travel_between(*lots)

    def _clash(self, one: Pair, two: Pair) -> int:
        """Minutes by which one that is worked to its end comes too late for the beginning of the next."""
        return self._hours(one)[1] + self._way(one, two) - self._hours(two)[0]

    def _fit_into_the_day(self, people: int, pairs: list[Pair]) -> None:
        """What lies inside a stretch of the day cannot be more than the stretch is long, for each of the people.

        For windows without a way between them this is enough: whose window ends first is worked first.
        """
        hours = [(*self._hours(pair), pair) for pair in pairs]
        for starts in sorted({first for first, _last, _pair in hours}):
            for ends in sorted({last for _first, last, _pair in hours if last > starts}):
                room = people * (ends - starts)
                within = [pair for first, last, pair in hours if starts <= first and last <= ends]
                if len(within) > 1 and sum(pair.most for pair in within) > room:
                    self.programme.at_most(float(room), [pair.column for pair in within], [1.0] * len(within))

    def _visit_in_order(self, pairs: list[Pair]) -> None:
        """One visit a window, in the order in which the windows begin: a minute at which each begins, and the way.

        Whole minutes, since without these rows the minutes of a best answer are whole by themselves.
        """
        programme = self.programme
        begins, visits = [], []
        for pair in pairs:
            programme.integer[pair.column] = True
            starts, ends = self._hours(pair)
            begins.append(programme.add_column(float(ends), lower=float(starts)))
            visits.append(self.at_work(pair))
            programme.at_most(float(ends), [begins[-1], pair.column], [1.0, 1.0])
        for i, j in combinations(range(len(pairs)), 2):
            late = float(self._clash(pairs[i], pairs[j]))
            if late > 0:
                # Holds only where both are visited: each that is not gives back what it could be late by.
                way = self._way(pairs[i], pairs[j])
                columns = [begins[i], pairs[i].column, begins[j], visits[i], visits[j]]
                programme.at_most(2 * late - way, columns, [1.0, 1.0, -1.0, late, late])

    def weigh_the_heaviest(self) -> None:
        """A column for what whoever carries most carries, in whole grains."""
        grain = float(self.task.grain)
        self.heaviest = self.programme.add_column(float(-(-self.task.minutes // self.task.grain)), is_integer=True)
        for pairs in self.of_partner.values():
            columns = [pair.column for pair in pairs]
            self.programme.at_most(0.0, [*columns, self.heaviest], [*[1.0] * len(columns), -grain])
        # True already, but only of whole partners: said aloud, the bound begins where all carry the same.
        self.programme.at_least(float(self.task.minutes), [self.heaviest], [grain * max(self.task.most_partners, 0)])

    def costs(self, what: str) -> Numbers:
        """The cost of each column when the team is to be small, cheap, local, resilient, or early in the order."""
        costs = np.zeros(self.programme.width)
        if what == "smallest":
            costs[self.members] = 1.0
        elif what == "order":
            costs[self.members] = np.arange(1.0, len(self.members) + 1) / max(len(self.members), 1)
        elif what == "most_resilient" and self.heaviest is not None:
            costs[self.heaviest] = float(self.task.grain)
        elif what == "cheapest":
            self._per_minute(costs, self._prices(), 60.0)
        elif what == "most_local":
            self._per_minute(costs, self._metres(), float(max(self.task.minutes, 1)))
        return costs

    def _per_minute(self, costs: Numbers, each: list[int | None], parts: float) -> None:
        """What nobody knows counts like the most that is known: it never makes a team look better."""
        worst = max((one for one in each if one is not None), default=0)
        for pair, one in zip(self.pairs, each, strict=True):
            costs[pair.column] = (worst if one is None else one) / parts

    def _prices(self) -> list[int | None]:
        cells = self.task.cells
        return [self.partners[pair.partner].price(cells[pair.cell].lot) for pair in self.pairs]

    def _metres(self) -> list[int | None]:
        cells = self.task.cells
        return [self.partners[pair.partner].metres.get(cells[pair.cell].lot) for pair in self.pairs]
