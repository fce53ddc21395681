"""A team picked one after another, without looking ahead: where the solver begins."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from commissioning.coops.model import Model
from commissioning.coops.programme import Numbers
from commissioning.coops.task import Partner

Score = Callable[[Partner, float], tuple[float, ...]]
"""The partner with the least score is picked next; the number is the minutes that it would add."""


def most_hours_first(partner: Partner, minutes: float) -> tuple[float, ...]:
    return (-minutes,)


def greedy_team(model: Model, score: Score = most_hours_first) -> tuple[int, ...] | None:
    """Places in `model.partners`; None where this way of picking covers nothing whole. Travel and days are not seen."""
    task = model.task
    most, free = room(model)
    wanted = np.array([float(cell.minutes) for cell in task.cells])
    team = [place for place, partner in enumerate(model.partners) if partner.key in task.must]
    for place in team:
        give(most[place], free[place], wanted)
    while wanted.sum() > 0:
        adds = np.minimum(np.minimum(most, wanted).sum(axis=1), free)
        adds[team] = 0
        willing = [int(place) for place in np.flatnonzero(adds) if fits_in(model, int(place), team)]
        if not willing or len(team) >= task.most_partners:
            return None
        place = min(willing, key=lambda one: (*score(model.partners[one], float(adds[one])), one))
        team.append(place)
        give(most[place], free[place], wanted)
    return tuple(sorted(team))


def room(model: Model) -> tuple[Numbers, Numbers]:
    """Minutes that each partner could give in each cell, and altogether."""
    most = np.zeros((len(model.partners), len(model.task.cells)))
    for pair in model.pairs:
        most[pair.partner, pair.cell] = pair.most
    return most, np.array([float(partner.minutes_free) for partner in model.partners])


def give(most: Numbers, free: float, wanted: Numbers) -> None:
    """Take what the partner gives, cell by cell, out of what is wanted."""
    for cell in np.flatnonzero(most):
        minutes = min(most[cell], wanted[cell], free)
        wanted[cell] -= minutes
        free -= minutes


def fits_in(model: Model, place: int, team: list[int]) -> bool:
    return all(get_along(model.partners[place], model.partners[other]) for other in team)


def get_along(one: Partner, other: Partner) -> bool:
    """Neither would rather not, and each is among those the other named, where it named any."""
    return would_work_with(one, other.key) and would_work_with(other, one.key)


def would_work_with(partner: Partner, key: str) -> bool:
    return key not in partner.not_with and (not partner.only_with or key in partner.only_with)
