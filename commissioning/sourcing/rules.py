"""How a service stands to what is asked: fits, not yet, not known. Pure: facts in, findings out.

A check informs and never bars (Procurement Act 2023 s.85): cover that a provider declares counts as held, and whether
a council has seen it is shown beside it, never turned into a reason to leave somebody out.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from commissioning.sourcing.company_law import COMPANIES, NO_COMPANIES
from commissioning.sourcing.times import NOTHING_SAID, Presence, Week, Window, presence

EMPLOYERS_LIABILITY = "employers_liability"
REGISTERED = "registered"
WILL_REGISTER = "will_register"
UNDECIDED_BASES = frozenset({"not_known", "not_sure", ""})
# What a person who buys for themselves may rest on besides a registration (2014 Regulations, Sch 1 para 1(3)).
PERSONAL_BASES = frozenset({"individual", "introducer"})

AUDITED_ACCOUNTS = "audited_accounts"
YEARS_TRADING = "years_trading"
TURNOVER = "turnover"
LEAST_PEOPLE = "least_people"
REGISTRATION = "registration"
ALL_LOTS = "all_lots"


class Fit(StrEnum):
    FITS = "fits"
    NOT_YET = "not_yet"
    NOT_KNOWN = "not_known"


class About(StrEnum):
    """What a finding is about; a condition's finding carries what is asked besides."""

    REACH = "reach"
    HOURS = "hours"
    TIMES = "times"
    SPACE = "space"
    BASIS = "basis"
    CREDENTIAL = "credential"
    BUSINESS = "business"


class Why(StrEnum):
    """Why a finding is what it is: words.py has a sentence for each."""

    MET = "met"
    PARTLY = "partly"
    TOO_FEW = "too_few"
    NOT_SAID = "not_said"
    FULL = "full"
    WAITING_LIST = "waiting_list"
    AWAY = "away"
    UNREGISTERED = "unregistered"
    WILL_REGISTER = "will_register"
    EMPLOYS_NOBODY = "employs_nobody"
    NONE_HELD = "none_held"
    NOT_ACCEPTED = "not_accepted"
    TOO_LITTLE = "too_little"
    ENDS_TOO_SOON = "ends_too_soon"
    RENEW_FIRST = "renew_first"
    STARTS_TOO_LATE = "starts_too_late"
    NOT_EVERYONE = "not_everyone"
    NO_AUDIT_DUE = "no_audit_due"
    AUDIT_DUE_UNLESS_SMALL = "audit_due_unless_small"


@dataclass(frozen=True)
class Holding:
    """A credential as the register has it. `seen_by` names the council that saw it, "" for none yet."""

    kind: str
    starts_on: datetime.date
    ends_on: datetime.date | None = None
    amount_pence: int | None = None
    held_by: int | None = None
    seen_by: str = ""
    seen_on: datetime.date | None = None
    refused: bool = False

    def holds_on(self, day: datetime.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Candidate:
    """What is known of one service and its provider. None and "not_known" mean that the register does not say."""

    reached: int
    places: int
    hours_free: int | None = None
    space: str = "not_known"
    away_until: datetime.date | None = None
    basis: str = "not_known"
    people: int | None = None
    employs_anyone: bool | None = None
    imported: bool = False
    holdings: tuple[Holding, ...] = ()
    legal_form: str = "unknown"
    # How many of the requirement's lots the provider does and reaches; None where nobody asked for all of them.
    lots_done: int | None = None
    week: Week = NOTHING_SAID


@dataclass(frozen=True)
class Asked:
    """A condition: a kind of credential or one beyond them, perhaps of an amount, when answering or by the start."""

    kind: str
    amount_pence: int | None = None
    by_start: bool = True
    number: int | None = None


@dataclass(frozen=True)
class Terms:
    """What a lot asks of everyone."""

    starts_on: datetime.date
    hours_per_week: int | None
    regulation: str
    council_buys: bool
    conditions: tuple[Asked, ...] = ()
    lots: int = 1
    times: tuple[Window, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One line of an assessment: where the service stands, why, and by how much.

    `has` and `needs` are in the unit of what it is about: places, hours, pence, days, people.
    """

    about: About
    fit: Fit
    why: Why = Why.MET
    kind: str = ""
    has: int | None = None
    needs: int | None = None
    day: datetime.date | None = None
    seen_by: str = ""
    seen_on: datetime.date | None = None


@dataclass(frozen=True)
class Assessment:
    fit: Fit
    findings: tuple[Finding, ...] = field(default=())

    def of(self, fit: Fit) -> list[Finding]:
        return [finding for finding in self.findings if finding.fit == fit]


def assess(candidate: Candidate, terms: Terms, today: datetime.date) -> Assessment:
    """How one service stands to a lot. Any "not yet" outweighs any "not known", which outweighs "fits"."""
    findings = [
        reach_finding(candidate),
        *room_findings(candidate, terms),
        *basis_findings(candidate, terms),
        *(condition_finding(candidate, asked, terms, today) for asked in terms.conditions),
    ]
    return Assessment(worst(finding.fit for finding in findings), tuple(findings))


def worst(fits: Iterable[Fit]) -> Fit:
    found = set(fits)
    return next((fit for fit in (Fit.NOT_YET, Fit.NOT_KNOWN) if fit in found), Fit.FITS)


def reach_finding(candidate: Candidate) -> Finding:
    whole = candidate.reached >= candidate.places
    return Finding(
        About.REACH,
        Fit.FITS if whole else Fit.NOT_YET,
        Why.MET if whole else Why.PARTLY,
        has=candidate.reached,
        needs=candidate.places,
    )


def room_findings(candidate: Candidate, terms: Terms) -> list[Finding]:
    """Hours and times where the lot asks for them, and what is said of space in any case."""
    hours = [] if terms.hours_per_week is None else [hours_finding(candidate.hours_free, terms.hours_per_week)]
    times = [times_finding(candidate, terms.times)] if terms.times else []
    space = space_finding(candidate, terms.starts_on)
    return [*hours, *times, *([space] if space else [])]


def times_finding(candidate: Candidate, times: tuple[Window, ...]) -> Finding:
    """`has` and `needs` count windows: those in which the people there are can do all the work, and all of them."""
    found = [presence(candidate.week, candidate.people, window) for window in times]
    has = found.count(Presence.ENOUGH)
    if Presence.SHORT in found:
        return Finding(About.TIMES, Fit.NOT_YET, Why.TOO_FEW, has=has, needs=len(times))
    if has < len(times):
        return Finding(About.TIMES, Fit.NOT_KNOWN, Why.NOT_SAID, has=has, needs=len(times))
    return Finding(About.TIMES, Fit.FITS, has=has, needs=len(times))


def space_finding(candidate: Candidate, starts_on: datetime.date) -> Finding | None:
    """None where nobody said: no lot asks for space itself, so silence about it keeps nobody from fitting."""
    if candidate.space == "full":
        return Finding(About.SPACE, Fit.NOT_YET, Why.FULL)
    if candidate.space == "waiting":
        return Finding(About.SPACE, Fit.NOT_YET, Why.WAITING_LIST)
    if candidate.space == "away" and candidate.away_until:
        away = candidate.away_until > starts_on
        return Finding(About.SPACE, Fit.NOT_YET if away else Fit.FITS, Why.AWAY, day=candidate.away_until)
    if candidate.space == "now":
        return Finding(About.SPACE, Fit.FITS)
    return None


def hours_finding(hours_free: int | None, hours_asked: int) -> Finding:
    if hours_free is None:
        return Finding(About.HOURS, Fit.NOT_KNOWN, Why.NOT_SAID, needs=hours_asked)
    enough = hours_free >= hours_asked
    return Finding(
        About.HOURS,
        Fit.FITS if enough else Fit.NOT_YET,
        Why.MET if enough else Why.TOO_FEW,
        has=hours_free,
        needs=hours_asked,
    )


def basis_findings(candidate: Candidate, terms: Terms) -> list[Finding]:
    """A regulated lot that the council buys is met by a registered service, or one that will be (rule 3).

    The exemption for an individual rests on the person's own arrangement (CQC, scope of registration), so it serves a
    person with a direct payment and not a council's contract. Other regulated activities know no such exemption.
    """
    if terms.regulation == "none":
        return []
    if candidate.basis == REGISTERED:
        return [Finding(About.BASIS, Fit.FITS)]
    if candidate.basis == WILL_REGISTER:
        return [Finding(About.BASIS, Fit.FITS, Why.WILL_REGISTER, day=terms.starts_on)]
    if candidate.basis in UNDECIDED_BASES:
        return [Finding(About.BASIS, Fit.NOT_KNOWN, Why.NOT_SAID)]
    exempt = not terms.council_buys and terms.regulation == "personal_care" and candidate.basis in PERSONAL_BASES
    return [Finding(About.BASIS, Fit.FITS)] if exempt else [Finding(About.BASIS, Fit.NOT_YET, Why.UNREGISTERED)]


def condition_finding(candidate: Candidate, asked: Asked, terms: Terms, today: datetime.date) -> Finding:
    """How a candidate stands to one condition: what it is itself, or the best answer that its holdings give."""
    if asked.kind in BEYOND:
        return replace(BEYOND[asked.kind](candidate, asked, terms), kind=asked.kind)
    if asked.kind == EMPLOYERS_LIABILITY and candidate.employs_anyone is False:
        return Finding(About.CREDENTIAL, Fit.FITS, Why.EMPLOYS_NOBODY, kind=asked.kind)
    held = [holding for holding in candidate.holdings if holding.kind == asked.kind]
    if not held:
        return nothing_held(candidate, asked)
    answers = [holding_finding(holding, asked, terms.starts_on, candidate.people, today) for holding in held]
    order = {Fit.FITS: 0, Fit.NOT_KNOWN: 1, Fit.NOT_YET: 2}
    return min(answers, key=lambda answer: (order[answer.fit], -(answer.has or 0)))


def nothing_held(candidate: Candidate, asked: Asked) -> Finding:
    """Silence means "not known" where nobody was asked: an imported record, or a firm that may employ nobody."""
    unasked = candidate.imported or (asked.kind == EMPLOYERS_LIABILITY and candidate.employs_anyone is None)
    fit, why = (Fit.NOT_KNOWN, Why.NOT_SAID) if unasked else (Fit.NOT_YET, Why.NONE_HELD)
    return Finding(About.CREDENTIAL, fit, why, kind=asked.kind, needs=asked.amount_pence)


def holding_finding(
    holding: Holding, asked: Asked, start: datetime.date, people: int | None, today: datetime.date
) -> Finding:
    """How one holding answers a condition on the day that counts.

    What is asked by the start is met by what is held today and has to be renewed before then: nobody can show a policy
    for a year that has not begun, and "will have it by the start" is always an answer (PA 2023 s.22(3)(b)).
    """
    day = start if asked.by_start else today

    def finding(fit: Fit, why: Why, has: int | None = None, needs: int | None = None) -> Finding:
        return Finding(
            About.CREDENTIAL, fit, why, asked.kind, has, needs, holding.ends_on, holding.seen_by, holding.seen_on
        )

    if holding.refused:
        return finding(Fit.NOT_YET, Why.NOT_ACCEPTED)
    if holding.ends_on and holding.ends_on < today:
        return finding(Fit.NOT_YET, Why.ENDS_TOO_SOON, needs=(day - holding.ends_on).days)
    if holding.starts_on > day:
        return finding(Fit.NOT_YET, Why.STARTS_TOO_LATE, needs=(holding.starts_on - day).days)
    if asked.amount_pence is not None and holding.amount_pence is None:
        return finding(Fit.NOT_KNOWN, Why.NOT_SAID, needs=asked.amount_pence)
    if asked.amount_pence is not None and (holding.amount_pence or 0) < asked.amount_pence:
        return finding(Fit.NOT_YET, Why.TOO_LITTLE, holding.amount_pence, asked.amount_pence)
    if holding.held_by is not None and people is not None and holding.held_by < people:
        return finding(Fit.NOT_YET, Why.NOT_EVERYONE, holding.held_by, people)
    why = Why.MET if holding.holds_on(day) else Why.RENEW_FIRST
    return finding(Fit.FITS, why, holding.amount_pence, asked.amount_pence)


def unknown_to_register(candidate: Candidate, asked: Asked, terms: Terms) -> Finding:
    """The register asks nobody for years of trading or turnover, so of everyone it is not known."""
    return Finding(About.BUSINESS, Fit.NOT_KNOWN, Why.NOT_SAID, needs=asked.number or asked.amount_pence)


def accounts_finding(candidate: Candidate, asked: Asked, terms: Terms) -> Finding:
    """The register holds no accounts, and knows whom company law does not oblige to have them audited."""
    form = candidate.legal_form
    why = Why.AUDIT_DUE_UNLESS_SMALL if form in COMPANIES else Why.NOT_SAID
    why = Why.NO_AUDIT_DUE if form in NO_COMPANIES else why
    return Finding(About.BUSINESS, Fit.NOT_KNOWN, why, needs=asked.number)


def people_finding(candidate: Candidate, asked: Asked, terms: Terms) -> Finding:
    needs = asked.number or 1
    if candidate.people is None:
        return Finding(About.BUSINESS, Fit.NOT_KNOWN, Why.NOT_SAID, needs=needs)
    enough = candidate.people >= needs
    fit, why = (Fit.FITS, Why.MET) if enough else (Fit.NOT_YET, Why.TOO_FEW)
    return Finding(About.BUSINESS, fit, why, has=candidate.people, needs=needs)


def registration_finding(candidate: Candidate, asked: Asked, terms: Terms) -> Finding:
    """Registered on the day of answering, or with registration applied for where it is asked by the start."""
    if candidate.basis == REGISTERED:
        return Finding(About.BUSINESS, Fit.FITS)
    if candidate.basis == WILL_REGISTER:
        return Finding(About.BUSINESS, Fit.FITS if asked.by_start else Fit.NOT_YET, Why.WILL_REGISTER)
    if candidate.basis in UNDECIDED_BASES:
        return Finding(About.BUSINESS, Fit.NOT_KNOWN, Why.NOT_SAID)
    return Finding(About.BUSINESS, Fit.NOT_YET, Why.UNREGISTERED)


def lots_finding(candidate: Candidate, asked: Asked, terms: Terms) -> Finding:
    done = 1 if candidate.lots_done is None else candidate.lots_done
    fit, why = (Fit.FITS, Why.MET) if done >= terms.lots else (Fit.NOT_YET, Why.TOO_FEW)
    return Finding(About.BUSINESS, fit, why, has=done, needs=terms.lots)


BEYOND: Mapping[str, Callable[[Candidate, Asked, Terms], Finding]] = {
    AUDITED_ACCOUNTS: accounts_finding,
    YEARS_TRADING: unknown_to_register,
    TURNOVER: unknown_to_register,
    LEAST_PEOPLE: people_finding,
    REGISTRATION: registration_finding,
    ALL_LOTS: lots_finding,
}
