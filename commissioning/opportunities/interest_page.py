"""The page of one answer: where it stands, what is in it, what it lacks, and at the end what came of it."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.models import Interest
from commissioning.opportunities import rules
from commissioning.opportunities.interest_actions import digest_of
from commissioning.opportunities.moments import moments
from commissioning.opportunities.outcomes import outcome_sentences
from commissioning.opportunities.rules import Stage, Unsent
from commissioning.opportunities.shown import moment_words
from commissioning.opportunities.steps import STEPS, Answering, needed
from commissioning.opportunities.written import answer_of
from providers.models import Provider

LACKS_WORDS = {
    Unsent.LOTS: gettext_lazy("Choose at least one part."),
    Unsent.HOURS: gettext_lazy("Say how many hours a week you give to each part that you chose."),
    Unsent.YESES: gettext_lazy("Each of your partners has to say yes to this answer."),
}


def state_words(interest: Interest, stage: Stage) -> tuple[str, str]:
    """Where it stands, and the colour of that."""
    if interest.sent_at:
        return _("Sent"), "green"
    if interest.withdrawn_at:
        return _("Taken back"), "grey"
    return (_("Not sent yet"), "yellow") if stage is Stage.OPEN else (_("Never sent"), "grey")


def rows_of(interests: list[Interest], now: datetime.datetime) -> list[dict[str, Any]]:
    found = []
    for interest in interests:
        stage = rules.stage(moments(interest.opportunity), now)
        words, colour = state_words(interest, stage)
        closes = moment_words(interest.opportunity.closes_at)
        found.append(
            {"interest": interest, "words": words, "colour": colour, "closes": closes, "is_open": stage is Stage.OPEN}
        )
    return found


def page_of(interest: Interest, provider: Provider, now: datetime.datetime) -> dict[str, Any]:
    """What stands in it is what would be sent now; after closing, what was sent."""
    stage = rules.stage(moments(interest.opportunity), now)
    answering = Answering(interest, now.date())
    is_open = stage is Stage.OPEN
    words, colour = state_words(interest, stage)
    would_send = answer_of(interest, answering.members, answering.facts, now.date())
    answer = would_send if is_open or interest.answer is None else interest.answer
    return {
        "interest": interest,
        "opportunity": interest.opportunity,
        "provider": provider,
        "is_lead": interest.provider_id == provider.pk,
        "is_open": is_open,
        "state": words,
        "colour": colour,
        "closes": moment_words(interest.opportunity.closes_at),
        "sent": moment_words(interest.sent_at),
        "answer": answer,
        "lots": lots_shown(answer),
        "is_mended": bool(interest.answer) and without_day(interest.answer) != without_day(would_send),
        "lacks": [LACKS_WORDS[one] for one in answering.lacks],
        "partners": partners(answering),
        "must_agree": provider in answering.lacking_yes,
        "digest": digest_of(interest, answering.members),
        "steps": [(name, STEPS[name].title) for name in needed(answering)],
        "outcome": outcome_sentences(interest.opportunity) if stage is Stage.TOLD else [],
        "feedback": interest.feedback if stage is Stage.TOLD else "",
    }


def without_day(answer: dict[str, Any] | None) -> dict[str, Any]:
    return {**(answer or {}), "drawn_on": ""}


def partners(answering: Answering) -> list[tuple[Provider, bool]]:
    """Each partner of the team, and whether it has said yes to the answer as it stands."""
    lead = answering.interest.provider_id
    lacking = {one.pk for one in answering.lacking_yes}
    return [(one, one.pk not in lacking) for one in answering.members if one.pk != lead]


def lots_shown(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The lots of an answer with the name of who gives what, for a page."""
    names = {member["id"]: member["name"] for member in answer["members"]}
    return [
        {**lot, "by": [{**one, "name": names.get(one["provider"], "")} for one in lot["by"]]} for lot in answer["lots"]
    ]
