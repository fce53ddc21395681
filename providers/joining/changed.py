"""A change in words, for the checker who decides and the provider who waits: what it was, what it will be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.credentials.wording import day, money
from providers.joining import facts
from providers.joining.facts import Fields
from providers.joining.steps import STEPS
from providers.joining.summary import in_words
from providers.models import Category, FieldChange
from providers.models.availability import Space
from providers.models.identifier import Scheme
from providers.models.service import PriceUnit, RegulatoryBasis
from registry.models import Council, District

Words = str | Promise

LABELS: dict[tuple[str, str], Words] = {
    ("you", "name"): gettext_lazy("Trading name"),
    ("you", "legal_form"): gettext_lazy("Legal form"),
    ("you", "phone"): gettext_lazy("Phone"),
    ("you", "email"): gettext_lazy("Email"),
    ("you", "prefers_calls"): gettext_lazy("Would rather be phoned"),
    ("size", "people"): gettext_lazy("People who do the work"),
    ("size", "employs_anyone"): gettext_lazy("Employs anyone"),
    ("size", "run_by_members"): gettext_lazy("Owned and run by its members"),
    ("service", "name"): gettext_lazy("Name of the service"),
    ("service", "description"): gettext_lazy("Description"),
    ("service", "delivery"): gettext_lazy("How"),
    ("customers", "client_groups"): gettext_lazy("For"),
    ("customers", "languages"): gettext_lazy("Languages"),
    ("customers", "price"): gettext_lazy("Price"),
    ("customers", "price_note"): gettext_lazy("More about the price"),
    ("customers", "payers"): gettext_lazy("Who can pay"),
    ("where", "base"): gettext_lazy("Base"),
    ("where", "reach"): gettext_lazy("Where"),
    ("when", "days"): gettext_lazy("Days"),
    ("when", "parts"): gettext_lazy("Times of day"),
    ("when", "space"): gettext_lazy("Space"),
    ("when", "hours_free"): gettext_lazy("Hours a week free"),
    ("hours", "weekly_hours"): gettext_lazy("Hours"),
    ("extras", "weekend"): gettext_lazy("Price at weekends"),
    ("extras", "bank_holiday"): gettext_lazy("Price on bank holidays"),
    ("extras", "evening"): gettext_lazy("Price in the evening or at night"),
    ("extras", "second_person"): gettext_lazy("Price for a second person helped"),
    ("extras", "mileage"): gettext_lazy("Price for each mile"),
    ("extras", "minimum_minutes"): gettext_lazy("Shortest visit"),
    ("ease", "accessibility"): gettext_lazy("Accessibility"),
    **{("numbers", scheme): label for scheme, label in Scheme.choices},
}
KINDS, CARE = gettext_lazy("Kinds of support"), gettext_lazy("Personal care")


@dataclass(frozen=True)
class Row:
    """Empty `was`: it is new; empty `will_be`: it goes."""

    label: Words
    was: str
    will_be: str


class Wording:
    """The words of many changes; the names they need are fetched once, however many there are."""

    @cached_property
    def categories(self) -> dict[str, str]:
        return dict(Category.objects.values_list("code", "name"))

    @cached_property
    def areas(self) -> dict[str, str]:
        councils = {f"council:{code}": name for code, name in Council.objects.values_list("code", "name")}
        return councils | {f"district:{code}": name for code, name in District.objects.values_list("code", "name")}

    def rows(self, change: FieldChange) -> list[Row]:
        """Usually one; of a new service, one for each thing said of it."""
        if change.fact != facts.NEW:
            return self.compared(change.part, change.fact, change.was, change.will_be)
        said = [self.compared(part, fact, {}, of) for part, fact, of in _said_of_new(change.will_be)]
        return [row for rows in said for row in rows]

    def compared(self, part: str, fact: str, was: Fields, will_be: Fields) -> list[Row]:
        if fact != "kinds":
            return [Row(label_of(part, fact), self._text(part, fact, was), self._text(part, fact, will_be))]
        pairs = [(KINDS, self._kinds(was), self._kinds(will_be)), (CARE, _care(was), _care(will_be))]
        return [Row(label, before, after) for label, before, after in pairs if before != after]

    def _text(self, part: str, fact: str, said: Mapping[str, Any]) -> str:
        if not any(value not in (None, "", []) for value in said.values()):
            return ""
        if fact == "reach":
            return self._reach(said)
        if fact in GROUPED_WORDS:
            return GROUPED_WORDS[fact](said)
        return str(in_words(_field(part, fact), said.get(fact)))

    def _kinds(self, said: Mapping[str, Any]) -> str:
        return ", ".join(sorted(self.categories.get(code, code) for code in said.get("categories") or []))

    def _reach(self, said: Mapping[str, Any]) -> str:
        miles, place = said.get("miles"), said.get("place")
        ways = [_("up to %(miles)s miles") % {"miles": miles}] if miles else []
        ways += [_("anywhere in %(area)s") % {"area": self.areas.get(code, code)} for code in said.get("areas") or []]
        if place:
            ways.append(_("people come to %(place)s") % {"place": _joined(place, said.get("place_postcode"))})
        return "; ".join(ways)


def label_of(part: str, fact: str) -> Words:
    return LABELS.get((part, fact)) or _field(part, fact).label or fact


def _price(said: Mapping[str, Any]) -> str:
    unit = dict(PriceUnit.choices).get(said.get("price_unit") or "", "")
    return f"{money(said['price_pence'])} {unit}" if said.get("price_pence") is not None else ""


def _space(said: Mapping[str, Any]) -> str:
    until = said.get("away_until")
    words = str(dict(Space.choices).get(said.get("space") or "", ""))
    return _joined(words, day(datetime.date.fromisoformat(until)) if until else "")


def _base(said: Mapping[str, Any]) -> str:
    return _joined(said.get("town"), said.get("base_postcode"))


def _care(said: Mapping[str, Any]) -> str:
    words = str(dict(RegulatoryBasis.choices).get(said.get("regulatory_basis") or "not_personal_care", ""))
    return _joined(words, said.get("registration_number"))


GROUPED_WORDS = {"price": _price, "space": _space, "base": _base}


def _joined(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part)


def _said_of_new(said: Fields) -> Iterable[tuple[str, str, Fields]]:
    """What was said of a service that is new, fact by fact, in the order of the steps."""
    told: set[tuple[str, str]] = set()
    for step in STEPS:
        for field in step.form.base_fields if step.is_of_service else ():
            key = facts.GROUPED.get(field, (step.part, field))
            if field in said and key not in told and key[1] != facts.BASE:
                told.add(key)
                yield *key, facts.of(facts.fields_of(*key), said)


def _field(part: str, name: str) -> forms.Field:
    """The question that is answered by this fact, as its step asks it."""
    form = next(step.form for step in STEPS if step.part == part)
    field: forms.Field = form.base_fields[name]
    return field
