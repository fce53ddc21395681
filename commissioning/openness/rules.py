"""What each thing asked does to who could answer, counted over candidates that were read once. Pure.

**Capable** of a lot is a provider with a listed service of the lot's kind that reaches at least one of its places and
whose regulatory basis is not wrong for it (rule 3: where the council buys regulated work, registered or to be
registered by the start; a basis that is not known is not wrong). Nothing else: not its room, its hours, its papers or
its size. **Micro** is a provider known to have no more people than the council's size limit.

**Could answer alone** for a lot: meets everything asked, for the whole of the lot. **Could answer in a team**: has
room, the right basis and whatever the conditions ask, can give something, and those micro-providers who do reach all
the places together and fill the hours, at the times wanted, each hour given once. Where one supplier is asked for all
lots, both hold for all lots together. Whether one person would have to be in two places at once is not asked here: the
co-op builder does.

Every count has two readings. *Known* takes what the register knows. *Hoped* takes whoever something is not known of to
meet it, and cover asked by the start to be had by then. The first is the figure: what nobody can show must not make a
purchase look open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commissioning.openness.board import Asking, Board, LotEntries, Mask, Measure, Reading, Supplier
from commissioning.openness.pooling import Helper, covers
from commissioning.openness.shutting import ShutBy, shut_set, smallest_shutting
from commissioning.openness.steps import harder, softer
from commissioning.sourcing.rules import ALL_LOTS, About, Asked, Fit

MOST_CHANGES = 3


@dataclass(frozen=True)
class Demand:
    """A condition, and the number of the lot it is asked of; None for every lot."""

    asked: Asked
    lot: int | None = None

    def is_of(self, lot: int) -> bool:
        return self.lot is None or self.lot == lot


@dataclass(frozen=True)
class Could:
    """Suppliers who could answer, by how: alone, or in a team."""

    alone: frozenset[int] = frozenset()
    in_team: frozenset[int] = frozenset()

    @property
    def either(self) -> frozenset[int]:
        return self.alone | self.in_team


class How(StrEnum):
    """Ways to ask for less, from the mildest."""

    LATER = "later"
    LOWER = "lower"
    BY_PLACE = "by_place"
    SPLIT_HOURS = "split_hours"
    DROP = "drop"


@dataclass(frozen=True)
class Loosening:
    """One change: of a demand (`instead` is None where it is dropped), or of the lot with this number."""

    how: How
    demand: Demand | None = None
    instead: Asked | None = None
    lot: int | None = None

    @property
    def subject(self) -> Demand | int | None:
        return self.demand or self.lot


@dataclass(frozen=True)
class Change:
    """A loosening that was tried, with how many could answer then, in both readings."""

    loosening: Loosening
    known: int
    hoped: int


@dataclass(frozen=True)
class Met:
    """How many suppliers meet one thing asked, do not yet, and of how many it is not known."""

    fits: int
    not_yet: int
    not_known: int

    @property
    def capable(self) -> int:
        return self.fits + self.not_yet + self.not_known


@dataclass(frozen=True)
class Step:
    """What a condition would do if it asked this instead; None is not asking."""

    asked: Asked | None
    met: Met


class Field:
    """Every lot of a requirement with who could do its work. Read once; every question to it is counted in memory."""

    def __init__(
        self,
        lots: Sequence[LotEntries],
        suppliers: Sequence[Supplier],
        demands: Sequence[Demand],
        measure: Measure,
    ) -> None:
        self.suppliers = suppliers
        self.demands = tuple(demands)
        self.boards = {lot.number: Board(lot, suppliers, measure) for lot in lots}

    def capable(self, *, micro: bool = True) -> frozenset[int]:
        """Suppliers capable of at least one lot."""
        return frozenset().union(
            *(board.suppliers(board.micro if micro else board.capable) for board in self.boards.values())
        )

    def asking(self, demands: Iterable[Demand] | None = None) -> dict[int, Asking]:
        asked = self.demands if demands is None else tuple(demands)
        return {
            number: Asking(tuple(demand.asked for demand in asked if demand.is_of(number))) for number in self.boards
        }

    def could(self, reading: Reading, asking: Mapping[int, Asking] | None = None) -> Could:
        """Who could answer for at least one lot; for all of them together, where one supplier is asked for all."""
        asked = self.asking() if asking is None else asking
        if any(is_for_all_lots(one) for one in asked.values()):
            return Could(self._alone_for_all(asked, reading), self._team_for_all(asked, reading))
        return Could(
            frozenset().union(*(b.suppliers(b.alone(asked[lot], reading)) for lot, b in self.boards.items())),
            frozenset().union(*(b.suppliers(b.team(asked[lot], reading)) for lot, b in self.boards.items())),
        )

    def _alone_for_all(self, asked: Mapping[int, Asking], reading: Reading) -> frozenset[int]:
        """Those who fit each lot, with the hours of all of them."""
        each = [board.suppliers(board.alone(asked[lot], reading)) for lot, board in self.boards.items()]
        everything = self._joint(frozenset.intersection(*each), asked, reading)
        wanted = self._wanted(asked)
        return frozenset(supplier for supplier, helper in everything.items() if covers([helper], wanted))

    def _team_for_all(self, asked: Mapping[int, Asking], reading: Reading) -> frozenset[int]:
        """The pools of all lots, if each reaches its places and their hours, shared between the lots, fill them all."""
        pools = {lot: board.pool(asked[lot], reading) for lot, board in self.boards.items()}
        if not all(board.reaches_all(pools[lot]) for lot, board in self.boards.items()):
            return frozenset()
        members = frozenset().union(*(self.boards[lot].suppliers(pool) for lot, pool in pools.items()))
        if not covers(list(self._joint(members, asked, reading).values()), self._wanted(asked)):
            return frozenset()
        return frozenset().union(
            *(board.suppliers(board.useful(pools[lot], reading)) for lot, board in self.boards.items())
        )

    def _wanted(self, asked: Mapping[int, Asking]) -> list[int]:
        return [
            minutes
            for lot, board in self.boards.items()
            if any(board.wanted())
            for minutes in board.wanted(asked[lot].parts)
        ]

    def _joint(self, members: frozenset[int], asked: Mapping[int, Asking], reading: Reading) -> dict[int, Helper]:
        """What each can give to the cells of all lots, out of one store of hours: the most that any service has."""
        by_lot = []
        for lot, board in self.boards.items():
            # A lot that is not by the hour wants nothing of the store, and says nothing of it.
            wanted = board.wanted() if any(board.wanted()) else []
            by_lot.append((board.helpers(board.pool(asked[lot], reading), reading), len(wanted)))
        found = {}
        for supplier in members:
            mine = [(helpers.get(supplier), cells) for helpers, cells in by_lot]
            at = [minutes for helper, cells in mine for minutes in (helper.at if helper else (0,) * cells)[:cells]]
            free = [helper.free for helper, cells in mine if helper and cells]
            found[supplier] = Helper(max(free, default=0), tuple(at))
        return found

    def could_for(self, lot: int, reading: Reading) -> Could:
        """Who could answer for one lot by itself."""
        board, asked = self.boards[lot], self.asking()[lot]
        return Could(board.suppliers(board.alone(asked, reading)), board.suppliers(board.team(asked, reading)))

    def standings(self, demand: Demand) -> dict[int, Fit]:
        """How each capable supplier of the lots it is asked of stands to a demand, by its best service; of any size."""
        found: dict[int, Fit] = {}
        for board in self._boards_of(demand):
            fits, hoped = (board.meeting(demand.asked, reading) for reading in (Reading.KNOWN, Reading.HOPED))
            for supplier in board.suppliers(board.capable & fits):
                found[supplier] = Fit.FITS
            for supplier in board.suppliers(board.capable & hoped & ~fits):
                if found.get(supplier) is not Fit.FITS:
                    found[supplier] = Fit.NOT_KNOWN
            for supplier in board.suppliers(board.capable & ~hoped):
                found.setdefault(supplier, Fit.NOT_YET)
        return found

    def _boards_of(self, demand: Demand) -> list[Board]:
        return [board for number, board in self.boards.items() if demand.is_of(number)]

    def steps(self, demand: Demand, floors: Mapping[str, int]) -> list[Step]:
        """What the demand does as it stands; what asking less would, mildest first, and the next more; not asking."""
        instead = [*softer(demand.asked, floors), *harder(demand.asked)]
        tried = [
            Step(asked, counted(self.standings(Demand(asked, demand.lot)).values()))
            for asked in [demand.asked, *instead]
        ]
        everyone = tried[0].met.capable
        return [*tried, Step(None, Met(everyone, 0, 0))]

    def shut_by(self, lot: int) -> list[ShutBy]:
        """The smallest sets of what is asked that no micro-provider of the lot meets on what the register knows.

        Of those with room and the right basis, because nothing that is asked keeps the others. At most five sets of at
        most four things each; none where somebody meets everything, or where there is nobody.
        """
        board, asking = self.boards[lot], self.asking()[lot]
        meeting: list[tuple[Asked | About, Mask]] = [
            *((asked, board.meeting(asked, Reading.KNOWN)) for asked in asking.conditions),
            (About.REACH, board.whole),
            (About.HOURS, board.with_hours(1, Reading.KNOWN)),
            (About.TIMES, board.in_time(1, Reading.KNOWN)),
        ]
        here = board.ready((), Reading.KNOWN)
        found = smallest_shutting([met & here for _asked, met in meeting], here)
        return [shut_set(lot, [meeting[place][0] for place in places]) for places in found]

    def loosenings(self, floors: Mapping[str, int]) -> Iterator[Loosening]:
        """Everything that could be asked less of: each demand later, lower or not at all, each lot in parts."""
        for demand in self.demands:
            for asked in softer(demand.asked, floors):
                same_sum = (asked.amount_pence, asked.number) == (demand.asked.amount_pence, demand.asked.number)
                yield Loosening(How.LATER if same_sum else How.LOWER, demand, asked)
            yield Loosening(How.DROP, demand)
        if any(demand.asked.kind == ALL_LOTS for demand in self.demands):
            # A part of a lot helps nobody who has to supply all of them.
            return
        for number, board in self.boards.items():
            if len(board.lot.places) > 1:
                yield Loosening(How.BY_PLACE, lot=number)
            if (board.lot.terms.hours_per_week or 0) > 1:
                yield Loosening(How.SPLIT_HOURS, lot=number)

    def loosened(self, loosening: Loosening) -> dict[int, Asking]:
        if loosening.demand is not None:
            others = [demand for demand in self.demands if demand != loosening.demand]
            instead = [] if loosening.instead is None else [Demand(loosening.instead, loosening.demand.lot)]
            return self.asking([*others, *instead])
        asking = self.asking()
        for number in [number for number in asking if number == loosening.lot]:
            conditions = asking[number].conditions
            by_place = loosening.how is How.BY_PLACE
            asking[number] = Asking(conditions, parts=1 if by_place else 2, by_place=by_place)
        return asking

    def changes(self, floors: Mapping[str, int]) -> list[Change]:
        """The loosenings that raise the figure most: one of each demand or lot, the mildest of those that do the same.

        Each one is tried alone. Those that raise neither reading are left out.
        """
        now = [len(self.could(reading).either) for reading in Reading]
        best: dict[Demand | int | None, Change] = {}
        for loosening in self.loosenings(floors):
            asking = self.loosened(loosening)
            change = Change(loosening, *(len(self.could(reading, asking).either) for reading in Reading))
            known = best.get(loosening.subject)
            if known is None or (change.known, change.hoped) > (known.known, known.hoped):
                best[loosening.subject] = change
        raising = [change for change in best.values() if [change.known, change.hoped] != now]
        # Sorting is stable: among equals, in the order in which they are asked.
        return sorted(raising, key=lambda change: (-change.known, -change.hoped))[:MOST_CHANGES]


def counted(standings: Iterable[Fit]) -> Met:
    found = list(standings)
    return Met(*(found.count(fit) for fit in (Fit.FITS, Fit.NOT_YET, Fit.NOT_KNOWN)))


def is_for_all_lots(asking: Asking) -> bool:
    return any(asked.kind == ALL_LOTS for asked in asking.conditions)
