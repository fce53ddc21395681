"""What a commissioner can ask beyond a family's search, and how a service stands to each. Pure: facts in, fits out.

Nobody is shut out of anything by a search: it narrows what one page shows, and says of how many, and for what.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from commissioning.sourcing.rules import EMPLOYERS_LIABILITY, UNDECIDED_BASES, Fit, Holding

# The least and the most people of each band.
SIZES = {"one": (1, 1), "two-to-four": (2, 4), "five-to-nine": (5, 9), "ten-or-more": (10, 100_000)}
A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """A credential with the councils whose last word is that they have seen it, by code."""

    holding: Holding
    seen_by: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known:
    """What the approved version says of one service and its provider. None and "not_known": it does not say."""

    people: int | None = None
    employs_anyone: bool | None = None
    run_by_members: bool | None = None
    imported: bool = False
    home: str = ""
    basis: str = "not_known"
    has_number: bool = False
    hours_free: int | None = None
    pence_an_hour: int | None = None
    confirmed_on: datetime.date | None = None
    held: tuple[Held, ...] = ()

    def of_kind(self, kind: str) -> list[Holding]:
        """What is held of a kind, less what a council looked at and did not accept."""
        return [one.holding for one in self.held if one.holding.kind == kind and not one.holding.refused]


Test = Callable[[Known], Fit]


@dataclass(frozen=True)
class Term:
    """One thing asked: a name and its values for the words of it, and how a service stands to it."""

    name: str
    values: tuple[object, ...]
    test: Test


def yes(is_so: bool | None) -> Fit:
    if is_so is None:
        return Fit.NOT_KNOWN
    return Fit.FITS if is_so else Fit.NOT_YET


@dataclass(frozen=True)
class Period:
    """The days of a contract, both ends counted; `renewed`: what has to be renewed on the way counts too."""

    first: datetime.date
    last: datetime.date
    renewed: bool = False


def cover(kind: str, pence: int, period: Period, today: datetime.date) -> Term:
    """Cover of at least so much in force on every day of the period, by one policy after another."""

    def test(known: Known) -> Fit:
        if kind == EMPLOYERS_LIABILITY and known.employs_anyone is False:
            return Fit.FITS
        held = known.of_kind(kind)
        if not held:
            unasked = known.imported or (kind == EMPLOYERS_LIABILITY and known.employs_anyone is None)
            return Fit.NOT_KNOWN if unasked else Fit.NOT_YET
        enough = [one for one in held if one.amount_pence is not None and one.amount_pence >= pence]
        if is_covered(enough, period, today):
            return Fit.FITS
        unsaid = [one for one in held if one.amount_pence is None]
        return Fit.NOT_KNOWN if unsaid and is_covered([*enough, *unsaid], period, today) else Fit.NOT_YET

    return Term("cover", (kind, pence, period), test)


def is_covered(held: Iterable[Holding], period: Period, today: datetime.date) -> bool:
    """Whether every day of the period is covered; where renewals count, whether it is covered today or later on."""
    spans = [(one.starts_on, one.ends_on) for one in held]
    if period.renewed and any(last is None or last >= today for first, last in spans if first <= period.first):
        return True
    return covers_every_day(spans, period.first, period.last)


def covers_every_day(
    spans: Iterable[tuple[datetime.date, datetime.date | None]], first: datetime.date, last: datetime.date
) -> bool:
    """Whether spans of days, each with its ends and None for good, leave no day out from `first` to `last`."""
    uncovered = first
    for starts_on, ends_on in sorted(spans, key=lambda span: span[0]):
        if starts_on > uncovered:
            return False
        if ends_on is None or ends_on >= last:
            return True
        uncovered = max(uncovered, ends_on + A_DAY)
    return False


def training(kind: str, day: datetime.date) -> Term:
    """Held on a day by all who do the work, as far as it is known how many that are."""

    def test(known: Known) -> Fit:
        held = [one for one in known.of_kind(kind) if one.holds_on(day)]
        if not held:
            return Fit.NOT_KNOWN if known.imported else Fit.NOT_YET
        most = max(one.held_by or 0 for one in held)
        return Fit.NOT_YET if most and known.people is not None and most < known.people else Fit.FITS

    return Term("training", (kind, day), test)


def basis(codes: Sequence[str]) -> Term:
    def test(known: Known) -> Fit:
        if known.basis in codes:
            return Fit.FITS
        return Fit.NOT_KNOWN if known.basis in UNDECIDED_BASES else Fit.NOT_YET

    return Term("basis", tuple(codes), test)


def registered(wanted: bool) -> Term:
    """By the regulator's number and not by what is said: a registration without one is not known."""

    def test(known: Known) -> Fit:
        if known.has_number:
            return yes(wanted)
        if known.basis == "registered" or known.basis in UNDECIDED_BASES:
            return Fit.NOT_KNOWN
        return yes(not wanted)

    return Term("registered", (wanted,), test)


def members() -> Term:
    return Term("members", (), lambda known: yes(known.run_by_members))


def size(bands: Sequence[str]) -> Term:
    def test(known: Known) -> Fit:
        people = known.people
        if people is None:
            return Fit.NOT_KNOWN
        return yes(any(least <= people <= most for least, most in (SIZES[band] for band in bands)))

    return Term("size", tuple(bands), test)


def local(how: str, councils: frozenset[str]) -> Term:
    """Based in one of these councils: the council's own, or its neighbours' too."""
    return Term("local", (how,), lambda known: yes(known.home in councils))


def hours(least: int) -> Term:
    return Term("hours", (least,), lambda known: yes(None if known.hours_free is None else known.hours_free >= least))


def price(most: int) -> Term:
    """By the hour, in pence. What is priced another way cannot be held against it, and is not known."""

    def test(known: Known) -> Fit:
        return yes(None if known.pence_an_hour is None else known.pence_an_hour <= most)

    return Term("most", (most,), test)


def confirmed(days: int, today: datetime.date) -> Term:
    since = today - days * A_DAY
    return Term("confirmed", (days,), lambda known: yes(known.confirmed_on is not None and known.confirmed_on >= since))


def seen(how: str, councils: frozenset[str] | None, today: datetime.date) -> Term:
    """Something held today that one of these councils has seen; None for any council."""

    def test(known: Known) -> Fit:
        current = (one for one in known.held if one.holding.holds_on(today) and not one.holding.refused)
        return yes(any(one.seen_by if councils is None else one.seen_by & councils for one in current))

    return Term("seen", (how,), test)


@dataclass(frozen=True)
class Step:
    """One condition of the funnel, over all that were found.

    `alone`: those that only this one keeps from the page, and would come back without it.
    """

    fits: int
    not_yet: int
    not_known: int
    left: int
    alone: int


@dataclass(frozen=True)
class Funnel:
    found: int
    steps: tuple[Step, ...] = ()
    # Where those that are left stand among those that were found.
    left: tuple[int, ...] = field(default=())


def funnel(stands: Sequence[Sequence[Fit]], *, keeps_unknown: bool) -> Funnel:
    """How many are left after each condition in order. `stands` by service, how it stands to each of them."""
    good = {Fit.FITS, Fit.NOT_KNOWN} if keeps_unknown else {Fit.FITS}
    misses = [[fit not in good for fit in fits] for fits in stands]
    left = list(range(len(stands)))
    steps = []
    for at in range(len(stands[0]) if stands else 0):
        left = [row for row in left if not misses[row][at]]
        of = [fits[at] for fits in stands]
        alone = sum(missed[at] and sum(missed) == 1 for missed in misses)
        steps.append(
            Step(of.count(Fit.FITS), of.count(Fit.NOT_YET), of.count(Fit.NOT_KNOWN), left=len(left), alone=alone)
        )
    return Funnel(len(stands), tuple(steps), tuple(left))
