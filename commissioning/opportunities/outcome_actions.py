"""What came of it: an outcome for each lot, a word to each who spoke up, and then both told to all at once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from commissioning.models import Interest, LotOutcome, Opportunity
from commissioning.models.lot_outcome import OutcomeKind
from commissioning.opportunities import letters, rules
from commissioning.opportunities.interest_actions import members_of
from commissioning.opportunities.moments import held_open
from commissioning.opportunities.outcomes import outcome_sentences
from commissioning.opportunities.rules import Stage
from commissioning.opportunities.written import facts_of
from registry.audit.actions import record
from registry.models import User


class TooEarlyError(Exception):
    """Somebody may still send an answer."""


class ToldError(Exception):
    """Everybody has been told: what they were told stays."""


class UnfinishedError(Exception):
    """A lot has no outcome, or somebody who spoke up has no feedback."""


@dataclass(frozen=True)
class Outcome:
    kind: str
    decided_on: datetime.date
    interest: Interest | None = None
    supplier: str = ""
    is_micro: bool | None = None
    value_pence: int | None = None
    why: str = ""


@transaction.atomic
def stop(*, by: User, opportunity: Opportunity, why: str, today: datetime.date) -> None:
    """The council buys none of it after all. From here on nobody can answer; who did is told with the feedback."""
    held = _held(opportunity)
    if held.stopped_at is not None:
        return
    held.stopped_at = timezone.now()
    held.save(update_fields=["stopped_at"])
    record("opportunity.stopped", by=by, target=held, council=held.council_id)
    for lot in facts_of(held)["lots"]:
        outcome = Outcome(OutcomeKind.STOPPED, decided_on=today, why=why)
        _write(held, lot["id"], outcome, by)


@transaction.atomic
def record_outcome(*, by: User, opportunity: Opportunity, lot: int, outcome: Outcome) -> LotOutcome:
    """What came of one lot, once it has closed. It can be put right until everybody is told."""
    held = _held(opportunity)
    if rules.stage(*held_open(held)) is Stage.OPEN:
        raise TooEarlyError
    return _write(held, lot, outcome, by)


@transaction.atomic
def give_feedback(*, by: User, interest: Interest, words: str) -> None:
    """What the council says of one answer, to those who gave it and to nobody else. Not told before the outcome is."""
    opportunity = _held(interest.opportunity)
    if rules.stage(*held_open(opportunity)) is Stage.OPEN:
        raise TooEarlyError
    held = Interest.objects.select_for_update().get(pk=interest.pk)
    if held.feedback == words or held.sent_at is None:
        return
    held.feedback, held.feedback_at, held.feedback_by = words, timezone.now(), by
    held.save(update_fields=["feedback", "feedback_at", "feedback_by"])
    record(
        "interest.feedback_written", by=by, target=held, council=opportunity.council_id, provider_id=held.provider_id
    )


def what_is_missing(opportunity: Opportunity) -> tuple[list[int], int]:
    """Lots without an outcome, and how many who spoke up have no feedback."""
    sent = opportunity.interests.sent()
    return rules.lacks_to_tell(
        lots=[lot["id"] for lot in facts_of(opportunity)["lots"]],
        decided=opportunity.outcomes.values_list("lot_key", flat=True),
        spoke_up=sent.count(),
        with_feedback=sent.exclude(feedback="").count(),
    )


@transaction.atomic
def tell_all(*, by: User, opportunity: Opportunity) -> None:
    """Outcome and feedback go to all who spoke up, and the outcome onto the public page. A second press tells nobody.

    The mails are written down in the same transaction: killed before its end nobody is told, after it everybody is.
    """
    held = Opportunity.objects.select_for_update(of=("self",)).select_related("requirement", "council")
    opportunity = held.get(pk=opportunity.pk)
    if opportunity.told_at is not None:
        return
    if rules.stage(*held_open(opportunity)) is Stage.OPEN:
        raise TooEarlyError
    if any(what_is_missing(opportunity)):
        raise UnfinishedError
    opportunity.told_at = timezone.now()
    opportunity.save(update_fields=["told_at"])
    record("opportunity.told", by=by, target=opportunity, council=opportunity.council_id)
    sentences = outcome_sentences(opportunity)
    for interest in opportunity.interests.sent().select_related("provider", "team"):
        interest.opportunity = opportunity
        for member in members_of(interest):
            letters.tell_outcome(interest, member, sentences)


def _held(opportunity: Opportunity) -> Opportunity:
    held = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    if held.told_at is not None:
        raise ToldError
    return held


def _write(held: Opportunity, lot: int, outcome: Outcome, by: User) -> LotOutcome:
    written, made = LotOutcome.objects.update_or_create(
        opportunity=held, lot_key=lot, defaults={**vars(outcome), "recorded_by": by, "recorded_at": timezone.now()}
    )
    verb = "outcome.recorded" if made else "outcome.changed"
    record(verb, by=by, target=written, council=held.council_id, fields=vars(outcome))
    return written
