"""What came of each lot, in words and as facts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from commissioning.models import LotOutcome, Opportunity
from commissioning.models.lot_outcome import OutcomeKind
from commissioning.opportunities.written import facts_of
from commissioning.sourcing.sentences import money
from providers.credentials.wording import day


def outcomes(opportunity: Opportunity) -> list[tuple[dict[str, Any], LotOutcome | None]]:
    """Each published lot with what came of it, None while that is not recorded."""
    recorded = {one.lot_key: one for one in opportunity.outcomes.all()}
    return [(lot, recorded.get(lot["id"])) for lot in facts_of(opportunity)["lots"]]


def outcome_sentences(opportunity: Opportunity) -> list[str]:
    """A sentence for each lot that has an outcome."""
    return [
        _("Lot %(number)d, %(title)s: %(what)s") % {**lot, "what": what_came(outcome)}
        for lot, outcome in outcomes(opportunity)
        if outcome
    ]


def what_came(outcome: LotOutcome) -> str:
    when = day(outcome.decided_on)
    if outcome.kind == OutcomeKind.AWARDED:
        words = _("awarded to %(supplier)s on %(day)s, for %(value)s including VAT") % {
            "supplier": outcome.supplier,
            "day": when,
            "value": money(outcome.value_pence),
        }
    elif outcome.kind == OutcomeKind.NONE_SUITABLE:
        words = _("on %(day)s the council found nobody suitable") % {"day": when}
    else:
        words = _("stopped by the council on %(day)s") % {"day": when}
    return f"{words}. {outcome.why}" if outcome.why else f"{words}."
