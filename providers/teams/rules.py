"""What makes a team whole, who may be asked into one, and what each gives to it. Pure: facts and a day in."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

FEWEST = 2
# More than these do not answer as one, and each of them is asked before anybody new is.
MOST = 12
MOST_ASKED_AT_ONCE = 10
MOST_TEAMS = 5
# Whoever said no to a team is left alone by it for so long.
NOT_AGAIN_FOR = datetime.timedelta(days=90)


class Trouble(StrEnum):
    """Why one member cannot be counted on today."""

    GONE = "gone"
    SUSPENDED = "suspended"
    NOT_LISTED = "not_listed"
    NOT_CONFIRMED = "not_confirmed"


class Lack(StrEnum):
    """What keeps a team from answering anybody."""

    ALONE = "alone"
    NO_FORM = "no_form"
    NO_LEAD = "no_lead"
    MEMBER = "member"


class WhyNot(StrEnum):
    """Why somebody cannot be asked into a team."""

    OURSELVES = "ourselves"
    IN_IT = "in_it"
    SAID_NO = "said_no"
    NOT_OPEN = "not_open"
    FULL = "full"
    MANY_ASKED = "many_asked"


@dataclass(frozen=True)
class Inside:
    """A member as the register has it today."""

    is_listed: bool
    is_suspended: bool = False
    is_gone: bool = False
    confirmed_on: datetime.date | None = None
    leads: bool = False


def trouble(member: Inside, oldest_good: datetime.date) -> Trouble | None:
    """`oldest_good` is the earliest day on which a word that all is right still holds today."""
    if member.is_gone:
        return Trouble.GONE
    if member.is_suspended:
        return Trouble.SUSPENDED
    if not member.is_listed:
        return Trouble.NOT_LISTED
    is_confirmed = member.confirmed_on is not None and member.confirmed_on >= oldest_good
    return None if is_confirmed else Trouble.NOT_CONFIRMED


def lacks(members: Sequence[Inside], form: str, oldest_good: datetime.date) -> list[Lack]:
    """What is missing, in the order in which it is mended; a team with nothing missing can answer somebody."""
    found = [Lack.ALONE] if len(members) < FEWEST else []
    if any(trouble(member, oldest_good) for member in members):
        found.append(Lack.MEMBER)
    if not form:
        found.append(Lack.NO_FORM)
    elif not any(member.leads for member in members):
        found.append(Lack.NO_LEAD)
    return found


def goes_on_without(member: Inside, oldest_good: datetime.date) -> bool:
    """Whether the others may: only without one that the public register no longer shows."""
    return trouble(member, oldest_good) in (Trouble.GONE, Trouble.SUSPENDED, Trouble.NOT_LISTED)


def all_said_yes(asked: Collection[Key], yeses: Collection[Key]) -> bool:
    """Each for itself: nobody's silence counts, and a yes of one who has gone counts for nobody else."""
    return bool(asked) and set(asked) <= set(yeses)


def why_not(
    *,
    is_us: bool,
    is_in: bool,
    is_open: bool,
    said_no_on: datetime.date | None,
    today: datetime.date,
    inside: int,
    asked: int,
) -> WhyNot | None:
    """Why this one is not asked. `is_open`: listed, run by somebody, and willing to be asked by us."""
    against = {
        WhyNot.OURSELVES: is_us,
        WhyNot.IN_IT: is_in,
        WhyNot.NOT_OPEN: not is_open,
        WhyNot.SAID_NO: said_no_on is not None and today < said_no_on + NOT_AGAIN_FOR,
        WhyNot.FULL: inside + asked >= MOST,
        WhyNot.MANY_ASKED: asked >= MOST_ASKED_AT_ONCE,
    }
    return next((reason for reason, holds in against.items() if holds), None)


@dataclass(frozen=True)
class Gives:
    """What one brings: kinds of help by their codes, hours a week (None: not said), days ("mon") in no order."""

    kinds: frozenset[str]
    hours: int | None
    days: frozenset[str]


def together(services: Iterable[Gives]) -> Gives:
    """What several services of one provider come to. Its hours are those of one: the same people do them all."""
    listed = list(services)
    hours = [each.hours for each in listed if each.hours is not None]
    return Gives(
        kinds=frozenset().union(*(each.kinds for each in listed)),
        hours=max(hours, default=None),
        days=frozenset().union(*(each.days for each in listed)),
    )


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Nothing said is no condition."""

    kinds: frozenset[str] = frozenset()
    hours: int | None = None
    days: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Missing:
    """What is left of what is wanted: kinds nobody does, days nobody works, hours short."""

    kinds: frozenset[str]
    hours: int
    days: frozenset[str]

    @property
    def is_nothing(self) -> bool:
        return not (self.kinds or self.hours or self.days)


def missing(wanted: Wanted, given: Iterable[Gives]) -> Missing:
    """What these do not cover. A day counts for whoever does a kind that is wanted, or where no kind is named.

    Hours that were not said count as none: nobody is promised for.
    """
    useful = [each for each in given if not wanted.kinds or each.kinds & wanted.kinds]
    hours = sum(each.hours or 0 for each in useful)
    return Missing(
        kinds=wanted.kinds - frozenset().union(*(each.kinds for each in useful)),
        hours=max((wanted.hours or 0) - hours, 0),
        days=wanted.days - frozenset().union(*(each.days for each in useful)),
    )


def helps(partner: Gives, short: Missing, wanted: Wanted) -> int:
    """In how many ways this one would bring what is missing; 0 where it brings nothing of it."""
    if wanted.kinds and not partner.kinds & wanted.kinds:
        return 0
    hours = 1 if short.hours and partner.hours else 0
    return len(partner.kinds & short.kinds) + len(partner.days & short.days) + hours


def completes(partner: Gives, wanted: Wanted, ours: Iterable[Gives]) -> bool:
    """Whether nothing is missing once this one is in."""
    return missing(wanted, [*ours, partner]).is_nothing


def in_order(partners: Mapping[Key, tuple[bool, int, bool, float]]) -> list[Key]:
    """Those we would like to work with, those who bring most, those with space now, the nearest. Nobody pays."""
    return sorted(partners, key=lambda key: _place(*partners[key]))


def _place(is_wished: bool, brings: int, has_space: bool, metres: float) -> tuple[bool, int, bool, float]:
    return not is_wished, -brings, not has_space, metres
