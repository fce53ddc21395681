"""What the page of a requirement shows: its parts, the law on it, what keeps it from being locked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.law.governing import Governing, checked_words, governing
from commissioning.law.rules import may_be_reserved_for
from commissioning.models import Condition, Requirement
from commissioning.models.requirement import Barrier, Way
from commissioning.openness.flags import limits
from commissioning.openness.shown import beside_each
from commissioning.requirements.rules import ALL_MARKS, Part, marks_given, still_to_write
from commissioning.requirements.wording import in_order, window_words
from commissioning.sourcing.sentences import condition_words, money


def overview(requirement: Requirement) -> dict[str, Any]:
    """The context of the requirement's page, and of the page that asks whether to lock it."""
    law = governing(requirement, timezone.localdate())
    route = law.chosen(f"route-{law.route.value}", f"notices-{law.route.value}", "governing", "not-covered")
    lots = list(requirement.lots.select_related("category").prefetch_related("times"))
    conditions = list(requirement.conditions.select_related("lot"))
    questions = list(requirement.questions.all())
    marks = marks_given([question.weight for question in questions], requirement.price_weight)
    missing = still_to_write(
        lots=len(lots),
        has_reason_for_one_lot=bool(requirement.lots_note),
        marks=marks,
        unexplained=unexplained(conditions, law),
    )
    return {
        "requirement": requirement,
        "lots": [(lot, [window_words(time) for time in in_order(lot)]) for lot in lots],
        "questions": questions,
        "marks": marks,
        "tasks": tasks(requirement, bool(lots), bool(conditions), marks),
        "reservation_is_open": requirement.reserved_for in may_be_reserved_for(law.route),
        "notice_words": notice_words(law, requirement),
        "conditions": [asked_of(condition, law) for condition in conditions],
        "barriers": barrier_names(requirement),
        "route": route,
        "law_checked": checked_words(row.checked_on for row in route),
        "missing": [MISSING_WORDS[part] for part in missing],
        "value": money(requirement.value_pence),
    }


MISSING_WORDS = {
    Part.LOTS: gettext_lazy("Add at least one lot."),
    Part.CONDITIONS: gettext_lazy("Say why you ask for what the law limits, or stop asking for it."),
    Part.QUESTIONS: gettext_lazy("Make the marks of the questions and of the price add up to 100."),
    Part.OPENNESS: gettext_lazy("Say why there is only one lot, or add another."),
}


@dataclass(frozen=True)
class Task:
    """A step as the task list shows it. `needed` ones must be done before the summary can be locked."""

    title: str
    address: str
    is_done: bool
    needed: bool = False


def tasks(requirement: Requirement, has_lots: bool, has_conditions: bool, marks: int | None) -> list[Task]:
    """The steps in the order in which they are best thought of."""

    def task(title: str, view: str, is_done: bool, *, needed: bool = False) -> Task:
        return Task(title, reverse(view, args=[requirement.reference]), is_done, needed)

    lots = f"{reverse('requirement', args=[requirement.reference])}#lots"
    is_weighed = marks is not None
    return [
        task(_("What is needed"), "requirement_about", True, needed=True),
        task(_("How it is bought"), "requirement_way", requirement.way != Way.UNDECIDED),
        Task(_("Lots, with places and times"), lots, has_lots, needed=True),
        task(_("What is asked of everyone"), "add_condition", has_conditions),
        task(_("Questions, and what counts"), "requirement_questions", marks == ALL_MARKS, needed=is_weighed),
        task(_("Timetable"), "requirement_timetable", requirement.closes_at is not None),
        task(_("Barriers lowered"), "requirement_openness", bool(requirement.barriers)),
    ]


def notice_words(law: Governing, requirement: Requirement) -> str:
    """By when the contract details notice is due, where the law counts days and the day of deciding is known."""
    rows = law.chosen(f"notices-{law.route.value}")
    if not requirement.decided_on or not rows or not rows[0].days:
        return ""
    words = _("If it is decided and signed on %(decided)s, the contract details notice is due by %(due)s.")
    due = requirement.decided_on + datetime.timedelta(days=rows[0].days)
    return words % {"decided": date_format(requirement.decided_on, "j F Y"), "due": date_format(due, "j F Y")}


def barrier_names(requirement: Requirement) -> list[str]:
    return [str(Barrier(barrier).label) for barrier in requirement.barriers]


def asked_of(condition: Condition, law: Governing) -> dict[str, Any]:
    """A condition as its card shows it: its words, what limits it, and the addresses that change and drop it."""
    of_lot = ""
    arguments: list[str | int] = [condition.requirement.reference, condition.kind]
    if condition.lot:
        of_lot = "_of_lot"
        arguments.insert(1, condition.lot.number)
    return {
        "condition": condition,
        "words": condition_words(condition),
        "limits": limits(condition, law),
        "change": reverse(f"change_condition{of_lot}", args=arguments),
        "remove": reverse(f"remove_condition{of_lot}", args=arguments),
    }


def unexplained(conditions: Iterable[Condition], law: Governing) -> int:
    """How many conditions the law limits that are asked for without a reason."""
    return sum(1 for condition in conditions if not condition.keep_reason and limits(condition, law))


def with_figures(shown: dict[str, Any], today: datetime.date) -> dict[str, Any]:
    """The same context, with how open the requirement is and what stands beside each condition. Reads the field."""
    counted = beside_each(shown["requirement"], today)
    conditions = [{**asked, "beside": counted["beside"][asked["condition"].pk]} for asked in shown["conditions"]]
    return {**shown, **counted, "conditions": conditions}
