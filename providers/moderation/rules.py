"""What a checker ought to know before deciding. Pure: facts and today go in, concerns come out.

Every concern informs; only one asks for a reason before publishing, and none bars (design, rules 2 and 7).
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from providers.credentials.rules import lapsed

# For so long is a submission the work of the checker who took it; then anybody may.
LEASE = datetime.timedelta(minutes=30)
REGISTERED = "registered"
EXEMPT = "exempt"
UNSETTLED = {"not_sure", "not_known"}


class Concern(StrEnum):
    CARE_WITHOUT_REGISTRATION = "care_without_registration"
    BASIS_NOT_SETTLED = "basis_not_settled"
    CARE_SAID_TO_BE_NONE = "care_said_to_be_none"
    CHILDCARE_NOT_SETTLED = "childcare_not_settled"
    CHILDCARE_NOT_ASKED = "childcare_not_asked"
    TOO_BIG = "too_big"
    SIZE_NOT_KNOWN = "size_not_known"
    BASE_ELSEWHERE = "base_elsewhere"
    BASE_NOT_KNOWN = "base_not_known"
    NOT_HELD = "not_held"
    LAPSED = "lapsed"
    NOT_CHECKED = "not_checked"
    LOOK_AGAIN = "look_again"


def is_held(*, taken_at: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Whether somebody is on it. Nobody has to remember to let go: a claim runs out by itself.

    One from the future was made by a clock that was wrong, and holds nobody up until that day.
    """
    return taken_at is not None and abs(now - taken_at) < LEASE


@dataclass(frozen=True)
class ServiceFacts:
    name: str
    is_personal_care: bool
    basis: str
    registration_number: str = ""
    is_childcare: bool = False
    # Care and childcare under two regulators (England): the basis they gave is the one of the care.
    has_two_regulators: bool = False

    @property
    def is_registered(self) -> bool:
        return self.basis == REGISTERED and bool(self.registration_number)


@dataclass(frozen=True)
class Held:
    """One credential: the last day on which it holds, whether anyone has looked at it, and whether that is too old."""

    ends_on: datetime.date | None
    is_checked: bool
    look_again: bool = False


@dataclass(frozen=True)
class Facts:
    """`base_council` is the code of the council where the base lies; None where the postcode is not known.

    `asked_for` is what this council asks of this provider (credentials.policy).
    """

    people: int | None
    services: tuple[ServiceFacts, ...]
    size_limit: int
    council: str
    base_council: str | None
    asked_for: Collection[str]
    held: Mapping[str, Collection[Held]]


@dataclass(frozen=True)
class Finding:
    """`about` names the service or the kind of credential that the concern is about, if it is about one."""

    concern: Concern
    about: str = ""

    @property
    def must_say_why(self) -> bool:
        return self.concern == Concern.CARE_WITHOUT_REGISTRATION


def findings(facts: Facts, today: datetime.date) -> list[Finding]:
    return [
        *(found for service in facts.services for found in _about_care(service, facts.people)),
        *(found for service in facts.services for found in _about_childcare(service)),
        *_about_size(facts),
        *_about_base(facts),
        *(found for kind in sorted({*facts.asked_for, *facts.held}) for found in _about_credential(kind, facts, today)),
    ]


def must_say_why(found: Collection[Finding]) -> bool:
    """Personal care by more than one worker without registration: publishing needs the checker's reason (rule 2)."""
    return any(finding.must_say_why for finding in found)


def _about_care(service: ServiceFacts, people: int | None) -> Iterator[Finding]:
    if not service.is_personal_care:
        return
    if people is not None and people > 1 and not service.is_registered:
        yield Finding(Concern.CARE_WITHOUT_REGISTRATION, service.name)
    if service.basis in UNSETTLED:
        yield Finding(Concern.BASIS_NOT_SETTLED, service.name)
    elif service.basis == "not_personal_care":
        yield Finding(Concern.CARE_SAID_TO_BE_NONE, service.name)


def _about_childcare(service: ServiceFacts) -> Iterator[Finding]:
    """Registered with Ofsted or exempt (rule 2): anything else is not settled. Outside England its own regulator."""
    if service.has_two_regulators:
        yield Finding(Concern.CHILDCARE_NOT_ASKED, service.name)
    elif service.is_childcare and not service.is_registered and service.basis != EXEMPT:
        yield Finding(Concern.CHILDCARE_NOT_SETTLED, service.name)


def _about_size(facts: Facts) -> Iterator[Finding]:
    if facts.people is None:
        yield Finding(Concern.SIZE_NOT_KNOWN)
    elif facts.people > facts.size_limit:
        yield Finding(Concern.TOO_BIG)


def _about_base(facts: Facts) -> Iterator[Finding]:
    if facts.base_council is None:
        yield Finding(Concern.BASE_NOT_KNOWN)
    elif facts.base_council != facts.council:
        yield Finding(Concern.BASE_ELSEWHERE)


def _about_credential(kind: str, facts: Facts, today: datetime.date) -> Iterator[Finding]:
    held = facts.held.get(kind, ())
    in_time = [one for one in held if not lapsed(ends_on=one.ends_on, today=today)]
    if not held:
        yield Finding(Concern.NOT_HELD, kind)
    elif not in_time:
        yield Finding(Concern.LAPSED, kind)
    elif not any(one.is_checked for one in in_time):
        yield Finding(Concern.NOT_CHECKED, kind)
    elif all(one.look_again for one in in_time if one.is_checked):
        yield Finding(Concern.LOOK_AGAIN, kind)


def looked_too_long_ago(today: datetime.date, months: int) -> datetime.date:
    """The latest day of a look that is good no longer, when a look is good for so many months."""
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return datetime.date(years, month + 1, min(today.day, calendar.monthrange(years, month + 1)[1]))
