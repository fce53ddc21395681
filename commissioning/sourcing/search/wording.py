"""The words of the commissioner's search: choices, and each condition as a line of the funnel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.sourcing.search.rules import Period, Term
from providers.credentials.kinds import name_of
from providers.credentials.wording import day, money
from providers.finding.wording import REGULATORS
from providers.listings import facets
from providers.models.service import RegulatoryBasis
from registry.models.council import Nation

Words = str | Promise

SIZE_WORDS = {
    "one": _("One person"),
    "two-to-four": _("2 to 4 people"),
    "five-to-nine": _("5 to 9 people"),
    "ten-or-more": _("10 people or more"),
}
LOCAL = {"": _("Anywhere"), "own": _("This council"), "near": _("This council or one that borders it")}
CONFIRMED = {"": _("Any day, or never"), "30": _("30 days"), "90": _("90 days"), "180": _("180 days")}
SEEN = {
    "": _("Anybody or nobody"),
    "own": _("This council"),
    "near": _("This council or one that borders it"),
    "any": _("Any council"),
}
ORDERS = {
    "": _("Best fit"),
    "name": _("Name"),
    "price": _("Price an hour"),
    "hours": _("Hours free"),
    "confirmed": _("Last confirmed"),
}


def registered_choices(nation: str) -> list[tuple[str, Words]]:
    """In the words of the council's own nation: no other has its regulator (rule 8)."""
    regulator = {"regulator": REGULATORS[Nation(nation)]}
    return [
        ("", _("Either")),
        ("yes", now_("With %(regulator)s, with a number") % regulator),
        ("no", now_("Not registered")),
    ]


def of_facet(name: str, values: tuple[str, ...]) -> str:
    return f"{facets.LABELS[name]}: {', '.join(facets.label(name, value) for value in values)}"


def of_term(term: Term) -> str:
    """A condition as a line: "Public liability insurance of at least £5 million on 1 April 2027"."""
    return SAYS[term.name](*term.values)


def _cover(kind: str, pence: int, period: Period) -> str:
    said = {
        "kind": name_of(kind),
        "amount": money(pence),
        "first": day(period.first),
        "last": day(period.last),
    }
    if period.first == period.last:
        words = now_("%(kind)s of at least %(amount)s on %(first)s")
    else:
        words = now_("%(kind)s of at least %(amount)s on every day from %(first)s to %(last)s")
    return words % said + (f" ({now_('renewals counted')})" if period.renewed else "")


def _training(kind: str, on: Any) -> str:
    return now_("%(training)s, on %(day)s") % {"training": name_of(kind), "day": day(on)}


def _basis(*codes: str) -> str:
    return ", ".join(str(RegulatoryBasis(code).label) for code in codes)


def _registered(is_wanted: bool) -> str:
    return now_("Registered, with a number") if is_wanted else now_("Not registered")


def _hours(least: int) -> str:
    words = ngettext("At least %(hours)d hour a week free", "At least %(hours)d hours a week free", least)
    return words % {"hours": least}


def _local(how: str) -> str:
    return now_("Based in this council") if how == "own" else now_("Based in this council or one that borders it")


def _seen(how: str) -> str:
    return now_("Something held today was seen by: %(whom)s") % {"whom": SEEN[how]}


SAYS: dict[str, Callable[..., str]] = {
    "cover": _cover,
    "training": _training,
    "basis": _basis,
    "registered": _registered,
    "members": lambda: now_("Run by its members"),
    "size": lambda *bands: ", ".join(str(SIZE_WORDS[band]) for band in bands),
    "local": _local,
    "hours": _hours,
    "most": lambda pence: now_("At most %(price)s an hour") % {"price": money(pence)},
    "confirmed": lambda days: now_("Confirmed in the last %(days)d days") % {"days": days},
    "seen": _seen,
}
