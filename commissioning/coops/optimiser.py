"""The best team for a task: proved the best there is, or with what it may be short of it.

First the objective, then what anyone would choose between teams that are equal in it, then the order of the keys: the
same facts give the same team, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from commissioning.coops.greedy import greedy_team
from commissioning.coops.model import Model
from commissioning.coops.programme import Numbers, Solved, Solver
from commissioning.coops.task import Cell, Found, Objective, Partner, Share, Task

__all__ = ["NODES", "Cell", "Found", "NotDecidedError", "Objective", "Partner", "Task", "best_team", "has_team"]

NODES = 200
# Between equals less is at stake, and to prove which of many equal teams is cheapest can take longer than all the rest.
NODES_FOR_TIES = 10

THEN: dict[Objective, tuple[Objective, ...]] = {
    "smallest": ("cheapest", "most_local"),
    "cheapest": ("smallest", "most_local"),
    "most_local": ("smallest", "cheapest"),
    "most_resilient": ("smallest", "cheapest"),
}
"""What decides between teams that are equal in the objective."""


class NotDecidedError(Exception):
    """The limit came before any team was found, and before it was proved that there is none."""


def best_team(task: Task, *, node_limit: int = NODES) -> Found | None:
    """None where it is proved that no team exists."""
    if task.must - {partner.key for partner in task.partners}:
        return None
    model = Model(task).build()
    solver = Solver(model.programme, node_limit=node_limit)
    first = solve_first(model, solver)
    if first.is_infeasible:
        return None
    if first.values is None:
        raise NotDecidedError
    last = break_ties(model, solver, first) if first.is_optimal else first
    return shared_out(task, members_of(model, last), first)


def has_team(task: Task, *, node_limit: int = NODES) -> bool:
    """Whether any team exists, however good."""
    if task.must - {partner.key for partner in task.partners}:
        return False
    model = Model(task).build()
    nothing = np.zeros(model.programme.width)
    solved = Solver(model.programme, node_limit=node_limit).minimise(nothing, within=1.0, start=greedy_start(model))
    if solved.values is None and not solved.is_infeasible:
        raise NotDecidedError
    return solved.values is not None


def greedy_start(model: Model) -> list[tuple[int, float]]:
    greedy = greedy_team(model)
    return [(column, float(place in greedy)) for place, column in enumerate(model.members)] if greedy else []


# Where a team picked one after another is a good beginning. For price and way it is far off, and only a last resort.
BEGUN_BY_GREED = frozenset({"smallest", "most_resilient"})


def solve_first(model: Model, solver: Solver) -> Solved:
    """The objective alone."""
    what = model.task.objective
    costs, within = model.costs(what), 0.9 * step(model, what)
    solved = solver.minimise(costs, within=within, start=greedy_start(model) if what in BEGUN_BY_GREED else ())
    if solved.values is None and not solved.is_infeasible and what not in BEGUN_BY_GREED:
        solved = solver.minimise(costs, within=within, start=greedy_start(model))
    return solved


def step(model: Model, what: str) -> float:
    """The least by which two different values of this cost differ: minutes, pence and metres are whole."""
    task = model.task
    return {
        "smallest": 1.0,
        "cheapest": 1 / 60,
        "most_local": 1 / max(task.minutes, 1),
        "most_resilient": float(task.grain),
        "order": 1 / max(len(model.members), 1),
    }[what]


def break_ties(model: Model, solver: Solver, first: Solved) -> Solved:
    """Of the teams that are as good, the one that is also smaller, cheaper, nearer, earlier in the order."""
    last, done = first, str(model.task.objective)
    solver.limit_nodes(NODES_FOR_TIES)
    for what in (*THEN[model.task.objective], "order"):
        solver.keep_at_most(last.value + step(model, done) / 2, model.costs(done))
        solved = solver.minimise(model.costs(what), within=0.9 * step(model, what), start=start_from(model, last))
        if solved.values is None:
            return last
        last, done = solved, what
        if not solved.is_optimal:
            return last
    return last


def start_from(model: Model, solved: Solved) -> list[tuple[int, float]]:
    values = solved.values
    return [] if values is None else [(column, float(round(values[column]))) for column in model.members]


def members_of(model: Model, solved: Solved) -> frozenset[str]:
    values = solved.values
    places = [] if values is None else [place for place, column in enumerate(model.members) if values[column] > 0.5]
    return frozenset(model.partners[place].key for place in places)


def shared_out(task: Task, team: frozenset[str], first: Solved) -> Found:
    """Whole minutes for each of the team, by the objective again and then by price and way."""
    own = tuple(partner for partner in task.partners if partner.key in team)
    model = Model(replace(task, partners=own, must=team)).build()
    solver = Solver(model.programme, node_limit=NODES)
    solver.only_whole([pair.column for pair in model.pairs])
    solved = solver.minimise(model.costs(task.objective), within=0.9 * step(model, task.objective))
    if solved.values is not None:
        solved = break_ties(model, solver, solved)
    if solved.values is None:
        raise NotDecidedError
    shares = minutes_given(model, solved.values)
    value = value_of(task, task.objective, team, shares)
    bound = value if first.is_optimal else min(value, first.bound)
    return Found(tuple(sorted(team)), shares, value, bound, proved=first.is_optimal)


def minutes_given(model: Model, values: Numbers) -> dict[tuple[str, int], int]:
    minutes = ((pair, round(values[pair.column])) for pair in model.pairs)
    return {(model.partners[pair.partner].key, pair.cell): given for pair, given in minutes if given}


def value_of(task: Task, what: str, team: frozenset[str], shares: Mapping[Share, int]) -> float:
    """The value of an objective for a team with its shares, from the facts alone."""
    partners = {partner.key: partner for partner in task.partners}
    lots = [cell.lot for cell in task.cells]
    if what == "smallest":
        return float(len(team))
    if what == "cheapest":
        return sum((partners[key].price(lots[cell]) or 0) * given for (key, cell), given in shares.items()) / 60
    if what == "most_local":
        far = sum(partners[key].metres[lots[cell]] * given for (key, cell), given in shares.items())
        return far / max(task.minutes, 1)
    heaviest = max((sum(given for (whose, _c), given in shares.items() if whose == key) for key in team), default=0)
    return float(-(-heaviest // task.grain) * task.grain)
