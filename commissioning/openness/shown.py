"""What pages and summaries show of openness: words and numbers, JSON-safe, so that a summary can freeze them."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _

from commissioning.models import Requirement
from commissioning.openness.figures import Beside, OpenField, Openness, Row
from commissioning.openness.rules import Met, Step
from commissioning.openness.sentences import (
    at_most_words,
    change_words,
    difference_words,
    figure_words,
    loosening_words,
    met_words,
    shut_words,
    size_words,
    step_words,
)
from commissioning.sourcing.rules import AUDITED_ACCOUNTS, TURNOVER, YEARS_TRADING
from providers.models.provider import LegalForm

UNTOLD = frozenset({AUDITED_ACCOUNTS, YEARS_TRADING, TURNOVER})


def beside_each(requirement: Requirement, today: datetime.date) -> dict[str, Any]:
    """For the requirement's page, out of one read: the figure, and what stands beside each condition, by its id."""
    field = OpenField.read(requirement, today)
    limit = requirement.council.size_limit
    conditions = requirement.conditions.select_related("lot")
    whole = field.row_of(field.field.demands)
    return {
        "figure": figure_words(whole, limit),
        "at_most": at_most_words(whole),
        "beside": {condition.pk: shown_beside(field.beside(condition), limit) for condition in conditions},
    }


def shown_openness(openness: Openness) -> dict[str, Any]:
    """The whole picture of a requirement."""
    return {
        "capable": openness.capable,
        "alone": openness.alone,
        "in_team": openness.in_team,
        "could": openness.could,
        "hoped": openness.hoped,
        "everyone": openness.everyone,
        "unsized": openness.unsized,
        "size_limit": openness.size_limit,
        "words": figure_words(openness.whole, openness.size_limit),
        "at_most": at_most_words(openness.whole),
        "by_form": [shown_row(row, form_words(row.what)) for row in openness.by_form],
        "by_size": [shown_row(row, size_words(row.what, openness.size_limit)) for row in openness.by_size],
        "lots": [
            {
                "number": lot.number,
                "title": lot.title,
                **shown_row(lot.row, ""),
                "shut_by": [shut_words(shut) for shut in lot.shut_by],
            }
            for lot in openness.lots
        ],
        "changes": [
            {"change": loosening_words(change.loosening), "effect": change_words(change, openness.whole)}
            for change in openness.changes
        ],
    }


def shown_row(row: Row, what: str) -> dict[str, Any]:
    return {
        "what": what,
        "capable": row.capable,
        "alone": row.alone,
        "in_team": row.in_team,
        "could": row.could,
        "hoped": row.hoped,
    }


def shown_beside(beside: Beside, size_limit: int) -> dict[str, Any]:
    """What stands beside one condition."""
    asked = beside.demand.asked
    return {
        "words": met_words(beside.met),
        "difference": difference_words(beside),
        "is_untold": asked.kind in UNTOLD,
        "may_obtain": beside.may_obtain and bool(beside.met.not_yet),
        "steps": [shown_step(step, is_now=number == 0) for number, step in enumerate(beside.steps)],
        "groups": [
            (_("By legal form"), [shown_met(form_words(form), met) for form, met in beside.by_form]),
            (_("By size"), [shown_met(size_words(size, size_limit), met) for size, met in beside.by_size]),
        ],
    }


def shown_step(step: Step, *, is_now: bool) -> dict[str, Any]:
    words = _("Not asking for it") if step.asked is None else step_words(step.asked)
    return {**shown_met(words, step.met), "is_now": is_now}


def shown_met(what: str, met: Met) -> dict[str, Any]:
    return {"what": what, "fits": met.fits, "capable": met.capable, "not_known": met.not_known}


def form_words(form: str) -> str:
    return str(LegalForm(form).label)
