"""A frozen listing read out as groups of labelled rows: the same words for what is said now and what was said."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from providers.credentials.wording import day, money
from providers.identifiers.wording import name as scheme_name
from providers.listings.hours import week_in_words
from providers.models.availability import Day, PartOfDay, Space
from providers.models.coverage import Reach
from providers.models.price_extra import ExtraFor
from providers.models.provider import LegalForm
from providers.models.service import Accessibility, ClientGroup, Delivery, Payer, PriceUnit, RegulatoryBasis
from providers.moderation.differences import Group, Row

Content = Mapping[str, Any]


def groups_of(content: Content, category_names: Mapping[str, str]) -> list[Group]:
    """`content` is what `providers.listings.freeze` made; a fact it does not hold is left out."""
    return [
        _group("business", _("The business"), _business(content)),
        _group("contact", _("How people reach them"), _contact(content)),
        *(_service(service, category_names) for service in content.get("services", [])),
    ]


def _group(key: str, heading: str, rows: Iterable[tuple[str, str]]) -> Group:
    return Group(key, heading, tuple(Row(label, text) for label, text in rows if text))


def _business(content: Content) -> list[tuple[str, str]]:
    return [
        (_("Trading name"), content.get("name", "")),
        (_("Legal form"), _word(content.get("legal_form"), LegalForm.choices)),
        (_("People who do the work"), _number(content.get("people"))),
        (_("Employs anyone"), _yes_or_no(content.get("employs_anyone"))),
        (_("Owned and run by its members"), _yes_or_no(content.get("run_by_members"))),
        (_("About"), content.get("about", "")),
        *((scheme_name(held["scheme"]), held["value"]) for held in content.get("identifiers") or []),
    ]


def _contact(content: Content) -> list[tuple[str, str]]:
    return [
        (_("Phone"), content.get("phone", "")),
        (_("Email"), content.get("email", "")),
        (_("Website"), content.get("website", "")),
        (_("Would rather be phoned"), _yes_or_no(content.get("prefers_calls"))),
        (_("Town, as shown"), content.get("town", "")),
        (_("Postcode district, as shown"), content.get("outcode", "")),
    ]


def _service(service: Content, category_names: Mapping[str, str]) -> Group:
    availability = service.get("availability") or {}
    rows = [
        (_("Name of the service"), service.get("name", "")),
        (_("Description"), service.get("description", "")),
        (_("Kinds of support"), ", ".join(category_names.get(code, code) for code in service.get("categories", []))),
        (_("For"), _words(service.get("client_groups"), ClientGroup.choices)),
        (_("How"), _words(service.get("delivery"), Delivery.choices)),
        (_("Languages"), ", ".join(service.get("languages") or [])),
        (_("Accessibility"), _words(service.get("accessibility"), Accessibility.choices)),
        (_("Price"), _price(service)),
        (_("Prices at other times"), "; ".join(_extra(extra) for extra in service.get("extras") or [])),
        (_("Who can pay"), _words(service.get("payers"), Payer.choices)),
        (_("Personal care"), _basis(service)),
        (_("Where"), "; ".join(_reach(row) for row in service.get("coverage", []))),
        (_("When"), _when(availability)),
        (_("Hours"), "; ".join(week_in_words(service.get("hours") or {}))),
        (_("Space"), _space(availability)),
    ]
    return _group(f"service {service.get('id')}", _("Service: %(name)s") % {"name": service.get("name", "")}, rows)


def _price(service: Content) -> str:
    pence = service.get("price_pence")
    price = "" if pence is None else f"{money(pence)} {_word(service.get('price_unit'), PriceUnit.choices)}"
    shortest = service.get("minimum_minutes")
    least = _("shortest visit %(minutes)d minutes") % {"minutes": shortest} if shortest else ""
    return "; ".join(part for part in (price, service.get("price_note", ""), least) if part)


def _extra(extra: Content) -> str:
    unit = _word(extra["price_unit"], PriceUnit.choices)
    return f"{_word(extra['for'], ExtraFor.choices)} {money(extra['price_pence'])} {unit}"


def _basis(service: Content) -> str:
    parts = (
        _word(service.get("regulatory_basis"), RegulatoryBasis.choices),
        service.get("regulator"),
        service.get("registration_number"),
    )
    return ", ".join(part for part in parts if part)


def _reach(row: Content) -> str:
    if row["reach"] == Reach.DISTANCE:
        return _("up to %(miles)s miles from %(base)s") % {"miles": f"{row['miles']:g}", "base": row["from"]}
    if row["reach"] == Reach.AREA:
        return _("anywhere in %(area)s") % {"area": row["name"]}
    return _("people come to %(place)s") % {"place": row["place"]}


def _when(availability: Content) -> str:
    parts = (_words(availability.get("days"), Day.choices), _words(availability.get("parts"), PartOfDay.choices))
    return "; ".join(part for part in parts if part)


def _space(availability: Content) -> str:
    space = _word(availability.get("space"), Space.choices)
    until, free = availability.get("away_until"), availability.get("hours_free")
    parts = [
        space,
        day(datetime.date.fromisoformat(until)) if until else "",
        _("%(hours)d hours a week free") % {"hours": free} if free else "",
    ]
    return ", ".join(part for part in parts if part)


def _word(value: str | None, choices: Iterable[tuple[str, Any]]) -> str:
    """The label of a stored value; one that is no longer a choice stands for itself."""
    return str(dict(choices).get(value or "", value or ""))


def _words(values: Iterable[str] | None, choices: Iterable[tuple[str, Any]]) -> str:
    listed = list(choices)
    return ", ".join(_word(value, listed) for value in values or [])


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else _("Yes") if value else _("No")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
