"""The facts that are changed by themselves after publication: one field each, or a few that only make sense together.

Pure: answers go in, groups and differences come out. A fact of a service may take its fields from two of its steps.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Fields = dict[str, Any]

# Part, fact, fields. What kind of help it is and on what ground it may be given are one question to a checker (rule 2).
GROUPS: dict[tuple[str, str], tuple[str, ...]] = {
    ("where", "base"): ("base_postcode", "town"),
    ("where", "reach"): ("miles", "areas", "place", "place_postcode"),
    ("customers", "price"): ("price_pence", "price_unit"),
    ("when", "space"): ("space", "away_until"),
    ("service", "kinds"): ("categories", "regulatory_basis", "registration_number"),
}
NEW = "new"
PRICE = "price"
BASE = "base"
# A family is better served by today's answer than by one that a checker has read.
HARMLESS = frozenset({"space", "hours_free", "days", "parts", "weekly_hours"})
GROUPED = {field: key for key, fields in GROUPS.items() for field in fields}


@dataclass(frozen=True)
class Difference:
    """One fact that is said differently now; `was` and `will_be` hold its fields as the step's answers do."""

    part: str
    fact: str
    was: Fields
    will_be: Fields


def differences(before: Mapping[str, Fields], after: Mapping[str, Fields]) -> list[Difference]:
    """What differs between the answers of one service, or of the provider itself, by part."""
    old, new = flat(before), flat(after)
    found: dict[tuple[str, str], Difference] = {}
    for part, answers in after.items():
        for field in answers:
            key = GROUPED.get(field, (part, field))
            if key not in found:
                fields = GROUPS.get(key, (field,))
                found[key] = Difference(*key, of(fields, old), of(fields, new))
    return [each for each in found.values() if not same(each.was, each.will_be)]


def flat(answers: Mapping[str, Fields]) -> Fields:
    """All fields of one service, or of the provider: no two of its parts share a name."""
    return {field: value for facts in answers.values() for field, value in facts.items()}


def of(fields: Sequence[str], answers: Fields) -> Fields:
    return {field: answers.get(field) for field in fields}


def fields_of(part: str, fact: str) -> tuple[str, ...]:
    return GROUPS.get((part, fact), (fact,))


def part_of(field: str, part: str) -> str:
    """The step whose answers hold the field: that of its fact, but for the ground of personal care."""
    return "personal-care" if field in ("regulatory_basis", "registration_number") else part


def same(one: Fields, other: Fields) -> bool:
    return bool(_plain(one) == _plain(other))


def _plain(value: Any) -> Any:
    """Nothing is nothing, however a form or a row writes it; and the order of ticks says nothing."""
    if value is None or value == "" or value == []:
        return None
    if isinstance(value, dict):
        return {name: plain for name, each in value.items() if (plain := _plain(each)) is not None}
    if isinstance(value, list):
        return sorted((_plain(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


def within_band(*, approved: Fields, wanted: Fields, percent: int) -> bool:
    """Whether a price is so near to the one that a person approved that it needs no check. Pence and whole percent."""
    pence, new = approved.get("price_pence"), wanted.get("price_pence")
    if pence is None or new is None or approved.get("price_unit") != wanted.get("price_unit"):
        return False
    return bool(abs(new - pence) * 100 <= pence * percent)
