"""What a team depends on, and why there is none: pure findings, which `explain` puts into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from commissioning.coops.optimiser import NODES, NotDecidedError, best_team, has_team
from commissioning.coops.programme import Solver
from commissioning.coops.relaxed import Change, Elastic, Short
from commissioning.coops.task import Found, Task


@dataclass(frozen=True, order=True)
class Ask:
    """One thing that a task asks for and that could be left out: the hours of a cell, or a condition of the whole."""

    what: Literal["condition", "hours", "partners", "price", "stand_ins", "travel"]
    cell: int = -1
    lot: int = -1
    condition: str = ""


def asks_of(task: Task) -> list[Ask]:
    """Everything that could be left out, in the order in which it is tried: hours first, so that conditions show."""
    hours = [Ask("hours", cell=index) for index, cell in enumerate(task.cells) if cell.minutes]
    stand_ins = [Ask("stand_ins", lot=lot) for lot in sorted(task.stand_ins) if task.stand_ins[lot]]
    travel = [Ask("travel")] if task.travel else []
    price = [Ask("price")] if task.price_caps else []
    names = sorted({name for partner in task.partners for lacked in partner.lacks.values() for name in lacked})
    conditions = [Ask("condition", condition=name) for name in names]
    return [*hours, *stand_ins, *travel, *price, *conditions, Ask("partners")]


def without(task: Task, left_out: Sequence[Ask]) -> Task:
    """The task with these no longer asked for."""
    cells = {ask.cell for ask in left_out if ask.what == "hours"}
    lots = {ask.lot for ask in left_out if ask.what == "stand_ins"}
    names = {ask.condition for ask in left_out if ask.what == "condition"}
    gone = {ask.what for ask in left_out}
    return replace(
        task,
        cells=tuple(replace(cell, minutes=0) if i in cells else cell for i, cell in enumerate(task.cells)),
        stand_ins={lot: wanted for lot, wanted in task.stand_ins.items() if lot not in lots},
        partners=dropping(task, names).partners,
        travel={} if "travel" in gone else task.travel,
        price_caps={} if "price" in gone else task.price_caps,
        most_partners=len(task.partners) if "partners" in gone else task.most_partners,
    )


def dropping(task: Task, names: set[str]) -> Task:
    if not names:
        return task
    partners = (
        replace(partner, lacks={lot: lacked - names for lot, lacked in partner.lacks.items()})
        for partner in task.partners
    )
    return replace(task, partners=tuple(partners))


@dataclass(frozen=True)
class Conflict:
    """Things asked that together leave no team. `is_least`: settled of each that it could not be left out."""

    asks: tuple[Ask, ...]
    is_least: bool = True


def conflict(task: Task, *, node_limit: int = NODES) -> Conflict:
    """Of a task without a team: what leaves none, found by deletion. What can go while there is none, goes, many first.

    Empty where no team exists whatever is asked. Where a search is stopped before it knows, what it asked about stays.
    """
    kept, settled = asks_of(task), True
    if not has_team(without(task, kept), node_limit=node_limit):
        return Conflict(())
    size = len(kept)
    while size >= 1:
        kept, settled = without_chunks(task, kept, size, node_limit)
        size = size // 2 if size > 1 else 0
    return Conflict(tuple(kept), settled)


def without_chunks(task: Task, kept: list[Ask], size: int, node_limit: int) -> tuple[list[Ask], bool]:
    """Try to leave out each run of so many in turn."""
    every, start, settled = asks_of(task), 0, True
    while start < len(kept):
        fewer = kept[:start] + kept[start + size :]
        try:
            can_go = not has_team(without(task, [ask for ask in every if ask not in fewer]), node_limit=node_limit)
        except NotDecidedError:
            can_go = settled = False
        kept, start = (fewer, start) if can_go else (kept, start + size)
    return kept, settled


@dataclass(frozen=True)
class Mending:
    """Changes after which a team exists. `is_least`: proved that no others weigh less."""

    changes: tuple[Change, ...]
    is_least: bool = True


def cheapest_change(task: Task, *, node_limit: int = NODES) -> Mending | None:
    """What to change so that a team exists, at the least weight; None where no change that is the council's helps."""
    if task.must - {partner.key for partner in task.partners}:
        return None
    model = Elastic(task).build()
    solved = Solver(model.programme, node_limit=node_limit).minimise(model.weights(), within=0.05)
    if solved.values is None:
        if solved.is_infeasible:
            return None
        raise NotDecidedError
    changes = sorted(model.changes(solved.values), key=lambda change: (change.what, change.cell, change.lot))
    return Mending(tuple(changes), solved.is_optimal)


def changed(task: Task, changes: Sequence[Change]) -> Task:
    """The task once the changes are made."""
    fewer = {change.cell: change.amount for change in changes if change.what == "hours"}
    more = sum(change.amount for change in changes if change.what == "partners")
    rise = sum(change.amount for change in changes if change.what == "price")
    stand_ins = dict(task.stand_ins)
    for lot in stand_ins:
        stand_ins[lot] -= max((one.amount for one in changes if one.what == "stand_ins" and one.lot == lot), default=0)
    cells = (replace(cell, minutes=cell.minutes - fewer.get(i, 0)) for i, cell in enumerate(task.cells))
    return replace(
        dropping(task, {change.condition for change in changes if change.what == "condition"}),
        cells=tuple(cells),
        stand_ins=stand_ins,
        most_partners=task.most_partners + more,
        price_caps={lot: cap + rise for lot, cap in task.price_caps.items()},
    )


def next_best(task: Task, found: Found, *, node_limit: int = NODES) -> Found | None:
    """The best team in which at least one of these is not."""
    return best_team(replace(task, unlike=(*task.unlike, frozenset(found.team))), node_limit=node_limit)


def left_bare(task: Task, found: Found, leaver: str) -> Mapping[int, int]:
    """Minutes of each cell that the others of the team could not take over if this one left."""
    others = tuple(partner for partner in task.partners if partner.key in found.team and partner.key != leaver)
    alone = replace(task, partners=others, must=frozenset(), unlike=(), stand_ins={}, objective="smallest")
    model = Short(alone).build()
    solved = Solver(model.programme, node_limit=NODES).minimise(model.weights(), within=0.9)
    missing = [] if solved.values is None else model.changes(solved.values)
    return {change.cell: change.amount for change in missing}
