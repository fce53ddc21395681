"""The council's side until it closes: publishing, publishing again, the formal route, answers to questions."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from commissioning.models import Opportunity, OpportunityQuestion, OpportunityVersion, Requirement
from commissioning.opportunities import letters, rules
from commissioning.opportunities.frozen import frozen
from commissioning.opportunities.moments import held_open
from commissioning.opportunities.rules import Stage
from commissioning.opportunities.tasks import write_to_field
from providers.models import Provider
from registry.audit.actions import record
from registry.models import User


class NotReadyError(Exception):
    """Something must be written before this can be published."""


class OverError(Exception):
    """It has closed, was stopped, or everybody has been told."""


@dataclass(frozen=True)
class Way:
    """What kind of publication it is, and where the formal tender runs once that is known."""

    kind: str
    is_sealed: bool = True
    formal_url: str = ""
    formal_note: str = ""


def is_ready(requirement: Requirement, now: datetime.datetime) -> bool:
    return not rules.lacks(
        lots=requirement.lots.count(),
        closes_at=requirement.closes_at,
        questions_until=requirement.questions_until,
        now=now,
    )


@transaction.atomic
def publish(*, by: User, requirement: Requirement, way: Way, now: datetime.datetime) -> Opportunity:
    """Freeze it for all to read, and have the field written to. A second press gives the one there is."""
    held = Requirement.objects.select_for_update(of=("self",)).select_related("council").get(pk=requirement.pk)
    there = Opportunity.objects.filter(requirement=held).first()
    if there is not None:
        return there
    if not is_ready(held, now):
        raise NotReadyError(held.reference)
    assert held.closes_at is not None
    opportunity = Opportunity.objects.create(
        requirement=held,
        council=held.council,
        published_at=now,
        published_by=by,
        questions_until=held.questions_until,
        closes_at=held.closes_at,
        **vars(way),
    )
    _add_version(opportunity, by=by, note="", now=now)
    record("opportunity.published", by=by, target=opportunity, council=held.council_id)
    write_to_field.enqueue(opportunity.pk)
    return opportunity


@transaction.atomic
def publish_again(*, by: User, opportunity: Opportunity, note: str, now: datetime.datetime) -> OpportunityVersion:
    """The requirement as it is now becomes a further version; all who have begun an answer are told what changed."""
    # The requirement first, as in publishing: two presses wait for each other and do not lock each other out.
    requirement = Requirement.objects.select_for_update(of=("self",)).get(pk=opportunity.requirement_id)
    held = _held(opportunity)
    if rules.stage(*held_open(held)) is not Stage.OPEN:
        raise OverError
    if not is_ready(requirement, now):
        raise NotReadyError(requirement.reference)
    newest = held.versions.latest("number")
    held.requirement = requirement
    assert requirement.closes_at is not None
    held.questions_until, held.closes_at = requirement.questions_until, requirement.closes_at
    parts = rules.changed_parts(newest.facts, _facts(held))
    if not parts:
        return newest
    held.save(update_fields=["questions_until", "closes_at"])
    version = _add_version(held, by=by, note=note, now=now)
    record("opportunity.changed", by=by, target=held, council=held.council_id, fields=parts)
    letters.tell_of_change(held, version)
    return version


@transaction.atomic
def set_formal_route(*, by: User, opportunity: Opportunity, url: str, note: str, now: datetime.datetime) -> None:
    """Say where the formal tender runs. It may come long after the answers have closed."""
    held = _held(opportunity)
    if (held.formal_url, held.formal_note) == (url, note):
        return
    held.formal_url, held.formal_note = url, note
    held.save(update_fields=["formal_url", "formal_note"])
    newest = held.versions.latest("number")
    facts = {**newest.facts, "formal_url": url, "formal_note": note}
    version = OpportunityVersion.objects.create(
        opportunity=held,
        number=newest.number + 1,
        facts=facts,
        note=letters.formal_route_note(),
        published_at=now,
        published_by=by,
    )
    fields = ["formal_url", "formal_note"]
    record("opportunity.route_said", by=by, target=held, council=held.council_id, fields=fields)
    letters.tell_of_change(held, version)


@transaction.atomic
def ask(*, by: User, provider: Provider, opportunity: Opportunity, text: str, press: uuid.UUID) -> OpportunityQuestion:
    """A question to the council. Pressed twice it is one."""
    there = OpportunityQuestion.objects.filter(press=press, opportunity=opportunity, provider=provider).first()
    if there is not None:
        return there
    moments, now = held_open(opportunity)
    if not rules.takes_questions(moments, now):
        raise OverError
    question, made = OpportunityQuestion.objects.get_or_create(
        press=press,
        defaults={"opportunity": opportunity, "provider": provider, "text": text, "asked_by": by, "asked_at": now},
    )
    if made:
        # The council stands in no line of who asked: its staff read the audit, and may not learn it there.
        record("opportunity.asked", by=by, target=question, provider_id=provider.pk)
        letters.tell_of_question(opportunity)
    return question


@transaction.atomic
def answer(*, by: User, question: OpportunityQuestion, shown: str, words: str) -> None:
    """Question and answer for all to read. It may be answered again, until the answers close, to put it right."""
    held = OpportunityQuestion.objects.select_for_update().get(pk=question.pk)
    is_new = held.answered_at is None
    if (held.shown, held.answer) == (shown, words):
        return
    held.shown, held.answer = shown, words
    held.answered_at, held.answered_by = timezone.now(), by
    held.save(update_fields=["shown", "answer", "answered_at", "answered_by"])
    opportunity = Opportunity.objects.select_related("requirement").get(pk=held.opportunity_id)
    record("opportunity.answered", by=by, target=held, council=opportunity.council_id, fields=["shown", "answer"])
    if is_new:
        letters.tell_of_answer(opportunity, held)


def _held(opportunity: Opportunity) -> Opportunity:
    held = Opportunity.objects.select_for_update(of=("self",)).select_related("requirement__council")
    return held.get(pk=opportunity.pk)


def _facts(opportunity: Opportunity) -> dict[str, object]:
    return frozen(
        opportunity.requirement,
        kind=opportunity.kind,
        formal_url=opportunity.formal_url,
        formal_note=opportunity.formal_note,
    )


def _add_version(opportunity: Opportunity, *, by: User, note: str, now: datetime.datetime) -> OpportunityVersion:
    return OpportunityVersion.objects.create(
        opportunity=opportunity,
        number=opportunity.versions.count() + 1,
        facts=_facts(opportunity),
        note=note,
        published_at=now,
        published_by=by,
    )
