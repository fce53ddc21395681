"""The words of families' pages: where a service goes, what it costs, whether there is space. No database here."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from providers.credentials.wording import day, money
from providers.listings.freeze import METRES_IN_A_MILE
from providers.listings.freshness import is_good
from providers.listings.hours import days_in_words, week_in_words
from providers.meaning.vocabulary import vocabulary
from providers.models.availability import PartOfDay, Space
from providers.models.coverage import Reach
from providers.models.price_extra import ExtraFor
from providers.models.service import Accessibility, PriceUnit, RegulatoryBasis
from registry.models.council import Nation

Frozen = dict[str, Any]

REGULATORS = {
    Nation.ENGLAND: gettext_lazy("the Care Quality Commission (CQC)"),
    Nation.SCOTLAND: gettext_lazy("the Care Inspectorate"),
    Nation.WALES: gettext_lazy("Care Inspectorate Wales"),
    Nation.NORTHERN_IRELAND: gettext_lazy("the RQIA"),
}

# Facts of another register: its checks are nobody's here, and are told as what it says.
SAYS = {
    "ages": gettext_lazy("Ages"),
    "eligibility": gettext_lazy("Who can use it"),
    "applying": gettext_lazy("How to ask for it"),
    "times": gettext_lazy("Other times"),
    "accreditations": gettext_lazy("Quality marks, as their source says"),
    "checks": gettext_lazy("Checks, as their source says"),
    "alert": gettext_lazy("Please note"),
    "assured": gettext_lazy("Last looked at by their source"),
}


def miles_away(metres: float | None) -> str:
    """To whole miles: finer, and a few searches from around would find the street that somebody lives in (rule 10)."""
    if metres is None:
        return ""
    miles = round(metres / METRES_IN_A_MILE)
    if miles == 0:
        return _("less than a mile away")
    return ngettext("about %(miles)d mile away", "about %(miles)d miles away", miles) % {"miles": miles}


def where(row: Frozen) -> str:
    """One way in which a service reaches people: "Goes anywhere in Wiltshire"."""
    if row["reach"] == Reach.DISTANCE:
        return _("Travels up to %(distance)s from %(base)s") % {"distance": _miles(row["miles"]), "base": row["from"]}
    if row["reach"] == Reach.COME_TO_US:
        return _("You go to them in %(place)s") % {"place": row["place"]}
    return _("Goes anywhere in %(area)s") % {"area": row["name"]}


def comes_to(row: Frozen, outcode: str, away: str) -> str:
    words = _("Comes to %(here)s: up to %(distance)s from %(base)s") % {
        "here": outcode,
        "distance": _miles(row["miles"]),
        "base": row["from"],
    }
    return f"{words}, {away}" if away else words


def based(area: str, away: str) -> str:
    return _("%(area)s; based %(away)s") % {"area": area, "away": away} if away else area


def _miles(miles: float) -> str:
    return ngettext("%(miles)s mile", "%(miles)s miles", 1 if miles == 1 else 2) % {"miles": f"{miles:g}"}


def price(service: Frozen) -> str:
    if service["price_pence"] is None:
        return ""
    unit = PriceUnit(service["price_unit"]).label
    pence = service["price_pence"]
    if not pence:
        return _("Free")
    return f"{pence}p {unit}" if pence < 100 else f"{money(pence)} {unit}"


def space(availability: Frozen, today: datetime.date) -> str:
    """Whether there is room, and the day somebody last said so. What nobody has said is "not known"."""
    state = Space(availability["space"])
    words = str(state.label)
    if state is Space.NOT_KNOWN:
        return _("Not known")
    if state is Space.AWAY:
        back = datetime.date.fromisoformat(availability["away_until"])
        words = _("Away until %(day)s") if back > today else _("Was away until %(day)s; now not known")
        words %= {"day": day(back)}
    confirmed = availability["confirmed_on"]
    if not confirmed:
        return _("%(words)s (no date)") % {"words": words}
    said_on = datetime.date.fromisoformat(confirmed)
    so = _("%(words)s (they said so on %(day)s)")
    # A confirmation is good for 90 days; after that it is told as what it was.
    if state is not Space.AWAY and not is_good(said_on, today):
        so = _("%(words)s on %(day)s: ask if that still holds")
    return so % {"words": words, "day": day(said_on)}


def people_inside(people: int | None) -> str:
    """Of the place that a service goes to; nothing where the census does not say."""
    return _("About %(people)s (census of 2021)") % {"people": f"{people:,}"} if people else ""


def confirmed(on: datetime.date | None) -> Frozen:
    """The day of the last confirmation, to lay over a frozen availability: it moves on without a new version."""
    return {"confirmed_on": on.isoformat() if on else None}


def times(availability: Frozen) -> str:
    days = days_in_words(availability["days"])
    parts = [label.lower() for label in labels(PartOfDay, availability["parts"])]
    return "; ".join(", ".join(said) for said in (days, parts) if said)


def hours(service: Frozen) -> list[str]:
    """Exact hours, where they were given: "Monday to Friday: 9am to 1pm"."""
    return week_in_words(service.get("hours") or {})


def extra_prices(service: Frozen) -> list[str]:
    """What it costs at other times: "At weekends: £22 an hour"."""
    return [f"{ExtraFor(extra['for']).label}: {price(extra)}" for extra in service.get("extras") or []]


def accessibility(service: Frozen) -> list[str]:
    return labels(Accessibility, service.get("accessibility") or [])


def labels(choices: type[TextChoices], values: list[str]) -> list[str]:
    """In the order of the choices, whatever the order they were ticked in."""
    return [label for value, label in _labels(choices) if value in values]


@cache
def _labels(choices: type[TextChoices]) -> list[tuple[str, str]]:
    """Django makes the list anew each time that it is asked for."""
    return [(value, str(label)) for value, label in choices.choices]


def source_says(service: Frozen) -> list[tuple[str, str]]:
    """What the source of an imported record says besides: its words, under headings that say whose they are."""
    said: dict[str, list[str]] = {}
    for told in service.get("source_says") or []:
        words = _told(told["about"], told["words"])
        said.setdefault(told["about"], []).append(words)
    return [(str(SAYS[about]), "\n".join(lines)) for about, lines in said.items() if about in SAYS]


def _told(about: str, words: str) -> str:
    if about == "assured":
        return day(datetime.date.fromisoformat(words))
    if about != "ages":
        return words
    low, high = words.split("-")
    if low and high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("%(low)s and over") % {"low": low} if low else _("Up to %(high)s") % {"high": high}


def shortest_visit(minutes: int | None) -> str:
    if not minutes:
        return ""
    if minutes % 60:
        return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}
    return ngettext("%(hours)d hour", "%(hours)d hours", minutes // 60) % {"hours": minutes // 60}


def category_names(codes: list[str] | tuple[str, ...]) -> list[str]:
    """Names of terms; a group that stands whole is named once."""
    names, whole = _names_of_categories()
    group = whole.get(tuple(codes))
    return [group] if group else [names.get(code, code) for code in codes]


@cache
def _names_of_categories() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    """Every term's name by its code, and every group's by the codes of its terms."""
    names = {term.code: term.name for term in vocabulary().terms}
    whole = {tuple(term.code for term in terms): group.name for group, terms in vocabulary().groups() if terms}
    return names, whole


def regulation(service: Frozen, nation: str) -> str:
    """The ground on which a service may be given, in neutral words of its own nation (rule 2)."""
    regulator = service["regulator"] or REGULATORS[Nation(nation)]
    facts = {"regulator": regulator, "number": service["registration_number"]}
    match RegulatoryBasis(service["regulatory_basis"]):
        case RegulatoryBasis.NOT_PERSONAL_CARE:
            return _("No personal care is part of this service.")
        case RegulatoryBasis.REGISTERED if facts["number"]:
            return _("Registered with %(regulator)s, number %(number)s.") % facts
        case RegulatoryBasis.REGISTERED:
            return _("Registered with %(regulator)s.") % facts
        case RegulatoryBasis.EXEMPT:
            return _("They say that they do not have to be registered with %(regulator)s.") % facts
        case RegulatoryBasis.WILL_REGISTER:
            return _("Not registered with %(regulator)s yet; they say they are applying.") % facts
        case RegulatoryBasis.INDIVIDUAL | RegulatoryBasis.INTRODUCER as basis:
            return _exempt(basis, nation, facts)
        case _:
            return _("It is not known whether this service has to be registered. Ask before you agree anything.")


def _exempt(basis: RegulatoryBasis, nation: str, facts: dict[str, Any]) -> str:
    # The two exemptions are English law (2014 Regulations, Schedule 1, paragraph 1(3)); no other nation's is claimed.
    how = (
        _("They work directly for you and as you direct.")
        if basis is RegulatoryBasis.INDIVIDUAL
        else _("They introduce a carer to you and have no say in the care.")
    )
    if nation == Nation.ENGLAND:
        return _("Not CQC registered because this service is exempt.") + " " + how
    return _("Not registered with %(regulator)s.") % facts + " " + how
