"""The openness of a requirement: how many of those who could do the work could answer, and what would let more."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from commissioning.models import Condition, Requirement
from commissioning.openness.board import Entry, LotEntries, Measure, Reading, Supplier
from commissioning.openness.rules import Change, Could, Demand, Field, Met, Step, counted
from commissioning.openness.shutting import ShutBy
from commissioning.sourcing.field import LotField, asked, assess_lot
from commissioning.sourcing.rules import Fit
from providers.credentials.kinds import KINDS, kinds_of
from providers.models.provider import LegalForm

# The least sum that makes sense of a kind: what the law asks of everybody who needs the cover at all.
FLOORS = {kind.code: kind.minimum_pence for kind in KINDS.values() if kind.minimum_pence}
OBTAINABLE = frozenset(kind.code for kind in kinds_of("insurance"))
Group = TypeVar("Group", bound=str)


class Size(StrEnum):
    """How many people do the work: one, more up to the council's limit, more than that."""

    ONE = "one"
    MICRO = "micro"
    LARGER = "larger"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Row:
    """Of the micro-providers of a legal form or a size: capable, could answer alone, could only in a team.

    `hoped`: could either way if whatever is not known of them is met, and cover is had by the start.
    """

    what: str
    capable: int
    alone: int
    in_team: int
    hoped: int

    @property
    def could(self) -> int:
        return self.alone + self.in_team

    @property
    def share(self) -> float | None:
        """From 0 to 1; None of nobody."""
        return self.could / self.capable if self.capable else None


@dataclass(frozen=True)
class LotOpenness:
    """One lot by itself: its micro-providers, and what shuts it to them."""

    number: int
    title: str
    row: Row
    shut_by: tuple[ShutBy, ...]


@dataclass(frozen=True)
class Openness:
    """The figure for the whole, counted over micro-providers; `everyone` is capable of any size.

    Of `unsized` the size is not known: they are in no figure of micro-providers. What the words mean stands in `rules`.
    """

    size_limit: int
    capable: int
    alone: int
    in_team: int
    hoped: int
    everyone: int
    unsized: int
    by_form: tuple[Row, ...]
    by_size: tuple[Row, ...]
    lots: tuple[LotOpenness, ...]
    changes: tuple[Change, ...]

    @property
    def whole(self) -> Row:
        return Row("", self.capable, self.alone, self.in_team, self.hoped)

    @property
    def could(self) -> int:
        return self.whole.could

    @property
    def share(self) -> float | None:
        return self.whole.share


@dataclass(frozen=True)
class Beside:
    """What stands beside one condition: who meets it, by legal form and size, and what the next steps would do.

    `before` and `after` are who could answer without it and with it, `capable` of whom.
    """

    demand: Demand
    met: Met
    by_form: tuple[tuple[str, Met], ...]
    by_size: tuple[tuple[Size, Met], ...]
    steps: tuple[Step, ...]
    before: Row
    after: Row

    @property
    def may_obtain(self) -> bool:
        """Whether "will have it by the start" is an answer to it."""
        return self.demand.asked.by_start and self.demand.asked.kind in OBTAINABLE


def openness_of(requirement: Requirement, today: datetime.date) -> Openness:
    return OpenField.read(requirement, today).openness()


@dataclass(frozen=True)
class OpenField:
    """Everyone who could do some of the work, read once: every figure about what is asked is counted from it."""

    requirement: Requirement
    titles: dict[int, str]
    suppliers: tuple[Supplier, ...]
    field: Field

    @classmethod
    def read(cls, requirement: Requirement, today: datetime.date) -> OpenField:
        """In a number of queries that grows with the lots, and not with the candidates."""
        lots = requirement.lots.select_related("category", "requirement__council")
        return cls.over(requirement, [assess_lot(lot, today) for lot in lots], today)

    @classmethod
    def over(cls, requirement: Requirement, fields: Sequence[LotField], today: datetime.date) -> OpenField:
        """The same, of fields that were read already."""
        said = {one.listing.provider_id: one.provider for field in fields for one in field.standings}
        numbers = {key: number for number, key in enumerate(said)}
        suppliers = tuple(Supplier(provider["legal_form"], provider["people"]) for provider in said.values())
        done = lots_done(fields)
        lots = [entries_of(field, numbers, done, len(fields)) for field in fields]
        demands = [demand_of(condition) for condition in requirement.conditions.select_related("lot")]
        measure = Measure(today, requirement.council.size_limit, OBTAINABLE)
        titles = {field.lot.number: field.lot.title for field in fields}
        return cls(requirement, titles, suppliers, Field(lots, suppliers, demands, measure))

    def openness(self) -> Openness:
        capable, everyone = self.field.capable(), self.field.capable(micro=False)
        could = {reading: self.field.could(reading) for reading in Reading}
        whole = row("", capable, could)
        return Openness(
            size_limit=self.requirement.council.size_limit,
            capable=whole.capable,
            alone=whole.alone,
            in_team=whole.in_team,
            hoped=whole.hoped,
            everyone=len(everyone),
            unsized=sum(self.suppliers[one].people is None for one in everyone),
            by_form=rows(capable, could, self.form_of),
            by_size=rows(capable, could, self.size_of),
            lots=tuple(self.lot_openness(number) for number in self.titles),
            changes=tuple(self.field.changes(FLOORS)),
        )

    def lot_openness(self, number: int) -> LotOpenness:
        board = self.field.boards[number]
        could = {reading: self.field.could_for(number, reading) for reading in Reading}
        counts = row("", board.suppliers(board.micro), could)
        return LotOpenness(number, self.titles[number], counts, tuple(self.field.shut_by(number)))

    def beside(self, condition: Condition) -> Beside:
        """What a condition does, saved or only typed: it takes the place of what is asked there of its kind."""
        demand = demand_of(condition)
        others = [one for one in self.field.demands if (one.asked.kind, one.lot) != (demand.asked.kind, demand.lot)]
        standings = self.field.standings(demand)
        return Beside(
            demand,
            counted(standings.values()),
            met_by(standings, self.form_of),
            met_by(standings, self.size_of),
            tuple(self.field.steps(demand, FLOORS)),
            before=self.row_of(others),
            after=self.row_of([*others, demand]),
        )

    def row_of(self, demands: Iterable[Demand]) -> Row:
        asking = self.field.asking(demands)
        return row("", self.field.capable(), {reading: self.field.could(reading, asking) for reading in Reading})

    def form_of(self, supplier: int) -> str:
        return self.suppliers[supplier].legal_form

    def size_of(self, supplier: int) -> Size:
        people = self.suppliers[supplier].people
        if people is None:
            return Size.NOT_KNOWN
        if people == 1:
            return Size.ONE
        return Size.MICRO if people <= self.requirement.council.size_limit else Size.LARGER


def lots_done(fields: Iterable[LotField]) -> Counter[UUID]:
    """How many of the lots each provider does and reaches."""
    return Counter(key for field in fields for key in {one.listing.provider_id for one in field.standings})


def entries_of(field: LotField, numbers: dict[UUID, int], done: Counter[UUID], lots: int) -> LotEntries:
    entries = [
        Entry(
            numbers[one.listing.provider_id],
            replace(one.candidate, lots_done=done[one.listing.provider_id]),
            one.reaches,
        )
        for one in field.standings
    ]
    places = frozenset(place.code for place in field.places)
    return LotEntries(field.lot.number, replace(field.terms, lots=lots), places, tuple(entries))


def demand_of(condition: Condition) -> Demand:
    return Demand(asked(condition), condition.lot.number if condition.lot else None)


def row(what: str, capable: frozenset[int], could: dict[Reading, Could]) -> Row:
    known, hoped = could[Reading.KNOWN], could[Reading.HOPED]
    return Row(
        what,
        capable=len(capable),
        alone=len(known.alone & capable),
        in_team=len((known.in_team - known.alone) & capable),
        hoped=len(hoped.either & capable),
    )


def grouped(suppliers: Iterable[int], group_of: Callable[[int], Group]) -> dict[Group, list[int]]:
    groups: dict[Group, list[int]] = {}
    for supplier in suppliers:
        groups.setdefault(group_of(supplier), []).append(supplier)
    return dict(sorted(groups.items(), key=lambda group: place_of(group[0])))


def place_of(group: str) -> tuple[int, str]:
    """Sizes from the smallest, legal forms by their codes, what is not known last."""
    sizes = [size.value for size in Size]
    return (sizes.index(group), "") if group in sizes else (int(group == LegalForm.UNKNOWN), group)


def rows(capable: frozenset[int], could: dict[Reading, Could], group_of: Callable[[int], str]) -> tuple[Row, ...]:
    return tuple(row(what, frozenset(group), could) for what, group in grouped(capable, group_of).items())


def met_by(standings: dict[int, Fit], group_of: Callable[[int], Group]) -> tuple[tuple[Group, Met], ...]:
    return tuple(
        (what, counted(standings[supplier] for supplier in group))
        for what, group in grouped(standings, group_of).items()
    )
