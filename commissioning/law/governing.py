"""The law of a nation on a day, as the rows have it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commissioning.law.rules import Route, route
from commissioning.models import Law, Requirement, Threshold
from commissioning.models.requirement import Buyer

BELOW = frozenset({Route.BELOW_NOTIFIABLE, Route.BELOW_THRESHOLD})


@dataclass(frozen=True)
class Governing:
    """What governs a requirement on a day: its route, the sentences of its nation by key, the sums that decide."""

    nation: str
    route: Route
    sentences: dict[str, Law]
    thresholds: dict[str, Threshold]

    def chosen(self, *keys: str) -> list[Law]:
        """The sentences with these keys, in this order, of those that the nation has."""
        return [self.sentences[key] for key in keys if key in self.sentences]

    @property
    def is_below(self) -> bool:
        return self.route in BELOW


def checked_words(days: Iterable[datetime.date | None]) -> str:
    """When the oldest of these rows was held against its source; that nobody has, if one never was."""
    known = list(days)
    checked = [day for day in known if day is not None]
    if not checked or len(checked) < len(known):
        return _(
            "What is said here of the law has not all been checked against its sources yet. "
            "Ask the council’s own advisers before relying on it."
        )
    words = _("What is said here of the law was last checked against its sources on %(day)s.")
    return words % {"day": date_format(min(checked), "j F Y")}


def governing(requirement: Requirement, day: datetime.date) -> Governing:
    """The law of the requirement's nation on a day. Two queries."""
    nation = requirement.council.nation
    sentences = {row.key: row for row in Law.objects.in_force(nation, day).order_by("starts_on")}
    thresholds = {row.key: row for row in Threshold.objects.in_force(nation, day).order_by("starts_on")}
    found = route_of(requirement, thresholds, requirement.way, requirement.is_health_care)
    return Governing(nation, found, sentences, thresholds)


def route_of(requirement: Requirement, thresholds: Mapping[str, Threshold], way: str, is_health_care: bool) -> Route:
    """The route that a requirement takes, or would take if it were bought in another way."""
    sums = {key: row.amount_pence for key, row in thresholds.items()}
    bought = requirement.buyer == Buyer.COUNCIL
    return route(requirement.value_pence, bought, sums, way=way, is_health_care=is_health_care)
