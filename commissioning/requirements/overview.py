"""What the page of a requirement shows: its parts, the law on it, what keeps it from being locked."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissioning.law.governing import Governing, checked_words, governing
from commissioning.models import Condition, Requirement
from commissioning.models.condition import ByWhen
from commissioning.models.requirement import Barrier
from commissioning.requirements.rules import Part, still_to_write
from commissioning.sourcing.sentences import condition_words, money
from providers.credentials.kinds import KINDS


def overview(requirement: Requirement) -> dict[str, Any]:
    """The context of the requirement's page, and of the page that asks whether to lock it."""
    law = governing(requirement, timezone.localdate())
    route = law.chosen(f"route-{law.route.value}", f"notices-{law.route.value}", "governing", "not-covered")
    lots = list(requirement.lots.select_related("category"))
    conditions = list(requirement.conditions.select_related("lot"))
    missing = still_to_write(lots=len(lots), has_reason_for_one_lot=bool(requirement.lots_note))
    return {
        "requirement": requirement,
        "lots": lots,
        "conditions": [(condition, condition_words(condition), flags(condition, law)) for condition in conditions],
        "barriers": barrier_names(requirement),
        "route": route,
        "law_checked": checked_words(row.checked_on for row in route),
        "missing": [MISSING_WORDS[part] for part in missing],
        "value": money(requirement.value_pence),
    }


MISSING_WORDS = {
    Part.LOTS: gettext_lazy("Add at least one lot."),
    Part.OPENNESS: gettext_lazy("Say why there is only one lot, or add another."),
}


def barrier_names(requirement: Requirement) -> list[str]:
    return [str(Barrier(barrier).label) for barrier in requirement.barriers]


def flags(condition: Condition, law: Governing) -> list[str]:
    """Where the law of the nation limits a condition, the sentence that says so."""
    kind = KINDS.get(condition.kind)
    if kind and kind.family == "insurance" and condition.by_when == ByWhen.ANSWER:
        return [f"{row.wording} ({row.citation})" for row in law.chosen("insurance")]
    return []
