"""What the public reads about a credential: what was seen, by whom, on what day. A check informs; it is no verdict."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from providers.credentials.kinds import KINDS, REFERENCES, STANDARDS, name_of
from providers.credentials.rules import Status
from providers.models.check import CheckOutcome, Means
from providers.models.credential import CoverPer
from registry.models import Council

STATUS_WORDS: dict[Status, str | Promise] = {
    Status.WAITING: gettext_lazy("To be checked"),
    Status.CURRENT: gettext_lazy("Current"),
    Status.ENDING_SOON: gettext_lazy("Ends soon"),
    Status.NOT_YET: gettext_lazy("Has not started yet"),
    Status.LAPSED: gettext_lazy("Ended"),
    Status.REFUSED: gettext_lazy("Not accepted"),
    Status.DOES_NOT_APPLY: gettext_lazy("Does not apply"),
}
MILLION_PENCE = 100_000_000


def status_words(status: Status, days_left: int | None) -> str:
    """How a claim stands, for its provider and its checker; of what ends soon, when."""
    if status != Status.ENDING_SOON or days_left is None:
        return str(STATUS_WORDS[status])
    if days_left == 0:
        return _("Ends today")
    return ngettext("Ends in %(days)d day", "Ends in %(days)d days", days_left) % {"days": days_left}


def day(value: datetime.date) -> str:
    return _day(value, get_language())


@lru_cache(maxsize=4096)
def _day(value: datetime.date, language: str | None) -> str:
    """A page of results says some hundred days, most of them again and again."""
    return date_format(value, "j F Y")


def money(pence: int) -> str:
    """£12.50, £250,000, £5 million, £2.5 million."""
    pounds = Decimal(pence) / 100
    if pence >= MILLION_PENCE:
        return _("£%(millions)s million") % {"millions": f"{(pounds / 1_000_000).normalize():f}"}
    return f"£{pounds:,.2f}".removesuffix(".00")


class Held(Protocol):
    """A credential, or a row with as much of one as a sentence needs."""

    @property
    def kind(self) -> str: ...
    @property
    def held_by(self) -> int | None: ...
    @property
    def issuer(self) -> str: ...
    @property
    def amount_pence(self) -> int | None: ...
    @property
    def cover_per(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def edition(self) -> int | None: ...
    @property
    def standards(self) -> Sequence[int]: ...
    @property
    def starts_on(self) -> datetime.date: ...
    @property
    def ends_on(self) -> datetime.date | None: ...


class Looked(Protocol):
    """A check, or a row with as much of one."""

    @property
    def outcome(self) -> str: ...
    @property
    def means(self) -> str: ...
    @property
    def seen_on(self) -> datetime.date: ...
    @property
    def council(self) -> Council: ...


@dataclass(frozen=True)
class Look:
    """Who saw a credential, the councils that rely on that, and how many people the approved version speaks of."""

    check: Looked | None
    relying: Sequence[Looked] = ()
    people: int | None = None


def public_sentence(credential: Held, look: Look, today: datetime.date) -> str:
    """One sentence for a page, without its full stop: what is held, who saw proof of it and when, when it ends."""
    held = what_is_held(credential, look.people)
    said = ", ".join(part for part in (held, _seen(credential, look.check), _dates(credential, today)) if part)
    return "; ".join([said, *(_relies(check) for check in look.relying)])


def what_is_held(credential: Held, people: int | None) -> str:
    """`people`: how many do the work, as the reader of the page is told it."""
    what = _thing(credential)
    if credential.amount_pence is not None:
        what = f"{what} {money(credential.amount_pence)}"
    if credential.cover_per:
        what = f"{what} {CoverPer(credential.cover_per).label}"
    if credential.held_by is None:
        return what
    return f"{what}, {_held_by(credential.held_by, people)}"


def _thing(credential: Held) -> str:
    """What the kind is called, and which of its kind this one is."""
    what, known = name_of(credential.kind), KINDS.get(credential.kind)
    if credential.kind == REFERENCES and credential.level.isdigit():
        number = int(credential.level)
        return ngettext("Reference from %(n)d customer", "References from %(n)d customers", number) % {"n": number}
    if credential.edition is not None:
        return f"{what}, {_standards(credential.edition, len(credential.standards))}"
    if known and known.family == "membership" and credential.issuer:
        return f"{what}: {credential.issuer}"
    if not credential.level:
        return what
    # What is in no list stands as it was typed.
    return credential.level if known and known.names_itself else f"{what}, {credential.level}"


def _standards(edition: int, done: int) -> str:
    of = len(STANDARDS[edition])
    if done == of:
        return _("%(edition)s edition, all %(of)d standards") % {"edition": edition, "of": of}
    return _("%(edition)s edition, %(done)d of %(of)d standards") % {"edition": edition, "done": done, "of": of}


def dbs_sentence(council: Council, seen_on: datetime.date) -> str:
    """The only sentence there is about a DBS certificate, and only with the provider's own yes (rule 1)."""
    return _("DBS certificate seen by %(council)s on %(day)s") % {
        "council": council.full_name,
        "day": day(seen_on),
    }


def _held_by(holders: int, people: int | None) -> str:
    if people is not None and people >= holders:
        if people == 1:
            return _("held by the one person who does the work")
        return _("held by %(holders)d of %(people)d people") % {"holders": holders, "people": people}
    return ngettext("held by %(holders)d person", "held by %(holders)d people", holders) % {"holders": holders}


_SEEN_WORDS: dict[str, str | Promise] = {
    Means.ORIGINAL: gettext_lazy("original certificate seen by %(council)s on %(day)s"),
    Means.COPY: gettext_lazy("certificate seen by %(council)s on %(day)s"),
    Means.ISSUER: gettext_lazy("confirmed with its issuer by %(council)s on %(day)s"),
    Means.REGISTER: gettext_lazy("looked up on the public register by %(council)s on %(day)s"),
    Means.CALL: gettext_lazy("confirmed in a phone call with %(council)s on %(day)s"),
}


_SEEN_BARE: dict[str, str | Promise] = _SEEN_WORDS | {
    Means.ORIGINAL: gettext_lazy("original seen by %(council)s on %(day)s"),
    Means.COPY: gettext_lazy("seen by %(council)s on %(day)s"),
}


# Answers of customers come to the council directly: it read them, whichever way it says that it looked.
_READ: dict[str, str | Promise] = {means: gettext_lazy("read by %(council)s on %(day)s") for means in Means.values}
_SEEN_AS = {"document": _SEEN_BARE, "entry": _SEEN_BARE, "answers": _READ}


def _seen(credential: Held, check: Looked | None) -> str:
    if check is None or check.outcome != CheckOutcome.SEEN:
        return _("not yet seen by a council")
    # A policy is written by the provider: it comes with no certificate.
    known = KINDS.get(credential.kind)
    words = _SEEN_AS.get(known.seen_as, _SEEN_WORDS) if known else _SEEN_WORDS
    return str(words[check.means]) % {
        "council": check.council.full_name,
        "day": day(check.seen_on),
    }


def _relies(check: Looked) -> str:
    return _("%(council)s relies on that check") % {"council": check.council.full_name}


def _dates(credential: Held, today: datetime.date) -> str:
    if credential.ends_on is not None and today > credential.ends_on:
        return _("ended on %(day)s") % {"day": day(credential.ends_on)}
    if credential.starts_on > today:
        return _("starts on %(day)s") % {"day": day(credential.starts_on)}
    if credential.ends_on is not None:
        return _("runs to %(day)s") % {"day": day(credential.ends_on)}
    return _("dated %(day)s") % {"day": day(credential.starts_on)}
