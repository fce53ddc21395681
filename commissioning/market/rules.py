"""What may be shown of few providers, and what keeps a service from being one more that can do the work. Pure."""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Key = TypeVar("Key")

LEAST_PROVIDERS = 5
"""Behind a price, an hour or a sum of either stand at least so many providers, or it is not shown."""

LEAST_SEARCHES = 5

REGISTERED = frozenset({"registered", "will_register"})
UNDECIDED = frozenset({"not_known", "not_sure", ""})


def rounded_to(number: float, step: int) -> int:
    """The nearest multiple, halves upwards: `round` would send every second half down."""
    return int(number / step + 0.5) * step


def quartiles(numbers: Collection[int], step: int) -> tuple[int, int, int]:
    """Lower quartile, median and upper quartile of two numbers or more, each to the nearest `step`."""
    low, middle, high = statistics.quantiles(numbers, n=4, method="inclusive")
    return rounded_to(low, step), rounded_to(middle, step), rounded_to(high, step)


def rows_to_show(behind: Mapping[Key, frozenset[object]], least: int = LEAST_PROVIDERS) -> set[Key]:
    """Rows of a table of sums that may stand in it; `behind`: who stands behind each.

    Too few behind a row, and it goes. So does one that lies within another with all but a few of it: the difference
    of the two would be the sum of those few. The larger of such a pair is kept. There is no row for everything.
    """
    shown: dict[Key, frozenset[object]] = {}
    for key in sorted(behind, key=lambda one: (-len(behind[one]), str(one))):
        who = behind[key]
        tells_of_few = (who <= other and 0 < len(other - who) < least for other in shown.values())
        if len(who) >= least and not any(tells_of_few):
            shown[key] = who
    return set(shown)


def searches_to_show(times: int) -> int | None:
    """To the nearest five, so that two days' tables do not differ by one person's search; None for fewer than five."""
    return None if times < LEAST_SEARCHES else rounded_to(times, LEAST_SEARCHES)


class Change(StrEnum):
    """What would have to change for a service to be one more that can do the work."""

    COVER = "cover"
    TRAINING = "training"
    REGISTRATION = "registration"
    PAPERS = "papers"
    HOURS = "hours"
    KNOWING = "knowing"
    REACH = "reach"


@dataclass(frozen=True)
class Holding:
    """A credential that its provider holds today, as far as the register knows."""

    kind: str
    held_by: int | None = None
    amount_pence: int | None = None


@dataclass(frozen=True)
class Asked:
    """A kind of credential that the council asks for, and what its provider would have to see to."""

    kind: str
    change: Change
    least_pence: int | None = None


@dataclass(frozen=True)
class Stand:
    """What the register knows of a service."""

    basis: str = "not_known"
    space: str = "not_known"
    away_until: datetime.date | None = None
    hours_free: int | None = None
    people: int | None = None
    imported: bool = False
    holdings: Sequence[Holding] = field(default=())


Lack = Mapping[Change, frozenset[str]]
"""What keeps a service from doing the work, each with the kinds of credential that it is about."""


def missing(stand: Stand, asked: Collection[Asked], *, is_regulated: bool, today: datetime.date) -> Lack:
    """Everything that keeps it from doing the work now; nothing for one that can. It never says that one may not."""
    found: dict[Change, frozenset[str]] = {}
    for one in asked:
        if not holds(stand, one):
            change = _lack(stand, one)
            found[change] = found.get(change, frozenset()) | {one.kind}
    if is_regulated and stand.basis not in REGISTERED:
        found.setdefault(Change.KNOWING if stand.basis in UNDECIDED else Change.REGISTRATION, frozenset())
    if not has_room(stand, today):
        found[Change.HOURS] = frozenset()
    return found


def holds(stand: Stand, asked: Asked) -> bool:
    """As said by the provider: whether a council has seen it informs, and keeps nobody out."""
    return any(_answers(one, asked, stand.people) for one in stand.holdings if one.kind == asked.kind)


def _lack(stand: Stand, asked: Asked) -> Change:
    """An imported record that is silent is no refusal: nobody has asked."""
    says_nothing = stand.imported and all(one.kind != asked.kind for one in stand.holdings)
    return Change.KNOWING if says_nothing else asked.change


def _answers(holding: Holding, asked: Asked, people: int | None) -> bool:
    everyone = holding.held_by is None or people is None or holding.held_by >= people
    enough = asked.least_pence is None or holding.amount_pence is None or holding.amount_pence >= asked.least_pence
    return everyone and enough


def has_room(stand: Stand, today: datetime.date) -> bool:
    """Silence about space and hours keeps nobody out: most say nothing of either."""
    if stand.space in {"full", "waiting"} or stand.hours_free == 0:
        return False
    return not (stand.space == "away" and stand.away_until is not None and stand.away_until > today)
