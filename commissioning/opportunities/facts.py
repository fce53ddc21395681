"""What a summary says of the talk with the market: who spoke up, what was learnt, that everybody could read it.

Section 16(3) of the Procurement Act 2023 asks that whoever took part has no unfair advantage: so what was published,
when it changed and every question with its answer stand in the record that everybody may be shown.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from commissioning.models import Interest, Opportunity, Requirement
from commissioning.models.opportunity import PublicationKind
from commissioning.opportunities.moments import moments
from commissioning.opportunities.outcomes import outcomes, what_came
from commissioning.opportunities.rules import Stage, may_read_answers, stage
from commissioning.opportunities.written import name_of


def engagement_facts(requirement: Requirement) -> dict[str, Any] | None:
    """All of it as JSON; None where nothing was published. Sealed answers are not in it while they are sealed."""
    opportunity = Opportunity.objects.filter(requirement=requirement).first()
    if opportunity is None:
        return None
    now = timezone.now()
    is_readable = may_read_answers(moments(opportunity), now)
    sent = list(opportunity.interests.sent().order_by("sent_at", "pk"))
    return {
        "kind": opportunity.kind,
        "kind_words": str(PublicationKind(opportunity.kind).label),
        "published": moment_words(opportunity.published_at),
        "closes": moment_words(opportunity.closes_at),
        "is_closed": stage(moments(opportunity), now) is not Stage.OPEN,
        "is_sealed": not is_readable,
        "formal_url": opportunity.formal_url,
        "formal_note": opportunity.formal_note,
        "written_to": opportunity.letters.count(),
        "changes": [
            {"when": moment_words(one.published_at), "note": one.note}
            for one in opportunity.versions.filter(number__gt=1)
        ],
        "questions": [
            {"question": one.shown, "answer": one.answer} for one in opportunity.asked.filter(answered_at__isnull=False)
        ],
        "spoke_up": len(sent),
        "answers": [answer_facts(one) for one in sent] if is_readable else [],
        "outcomes": [
            {"number": lot["number"], "title": lot["title"], "words": what_came(outcome)}
            for lot, outcome in outcomes(opportunity)
            if outcome
        ],
    }


def moment_words(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def answer_facts(interest: Interest) -> dict[str, Any]:
    """Who spoke up, for which lots, and what the council learnt from them."""
    answer = interest.answer
    assert answer is not None, "only what was sent is told"
    return {
        "name": name_of(answer),
        "members": [member["name"] for member in answer["members"]],
        "lots": [lot["number"] for lot in answer["lots"]],
        "sent": moment_words(interest.sent_at),
        "learnt": answer["remarks"],
    }
