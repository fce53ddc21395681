"""The council's own page of what it published."""

from __future__ import annotations

import datetime
from typing import Any

from commissioning.models import Interest, Opportunity
from commissioning.opportunities import rules
from commissioning.opportunities.moments import moments
from commissioning.opportunities.outcome_actions import what_is_missing
from commissioning.opportunities.outcomes import outcomes, what_came
from commissioning.opportunities.rules import Stage
from commissioning.opportunities.shown import STAGE_COLOURS, STAGE_WORDS, changes, moment_words
from commissioning.opportunities.written import name_of


def page_of(opportunity: Opportunity, now: datetime.datetime) -> dict[str, Any]:
    stage = rules.stage(moments(opportunity), now)
    versions = list(opportunity.versions.all())
    sent = list(opportunity.interests.sent().order_by("sent_at", "pk"))
    may_read = rules.may_read_answers(moments(opportunity), now)
    lots, lacking_feedback = what_is_missing(opportunity)
    return {
        "requirement": opportunity.requirement,
        "opportunity": opportunity,
        "stage_words": STAGE_WORDS[stage],
        "stage_colour": STAGE_COLOURS[stage],
        "is_open": stage is Stage.OPEN,
        "is_told": stage is Stage.TOLD,
        "closes": moment_words(opportunity.closes_at),
        "published": moment_words(opportunity.published_at),
        "written_to": opportunity.letters.count(),
        "changes": changes(versions),
        "waiting": list(opportunity.asked.filter(answered_at__isnull=True)),
        "answered": list(opportunity.asked.filter(answered_at__isnull=False)),
        "number": len(sent),
        "may_read": may_read,
        "rows": [row(one) for one in sent] if may_read else [],
        "outcomes": [(lot, what_came(one) if one else "") for lot, one in outcomes(opportunity)],
        "lots_left": len(lots),
        "feedback_left": lacking_feedback,
        "may_tell": stage in (Stage.CLOSED, Stage.STOPPED) and not lots and not lacking_feedback,
    }


def row(interest: Interest) -> dict[str, Any]:
    answer = interest.answer
    assert answer is not None, "only what was sent is listed"
    return {
        "interest": interest,
        "name": name_of(answer),
        "members": [member["name"] for member in answer["members"]] if answer["team"] else [],
        "lots": ", ".join(str(lot["number"]) for lot in answer["lots"]),
        "sent": moment_words(interest.sent_at),
        "has_feedback": bool(interest.feedback),
    }
