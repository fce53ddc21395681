"""Locking: the one write of a summary. What it says is settled here for good."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from commissioning.law.governing import governing
from commissioning.models import Requirement, Summary
from commissioning.models.requirement import new_reference
from commissioning.requirements.overview import unexplained
from commissioning.requirements.rules import marks_given, still_to_write
from commissioning.summaries.facts import fingerprint, freeze
from commissioning.summaries.papers import ask_for_papers, end_papers
from registry.audit.actions import record
from registry.models import User

# Six years in which a contract can be sued on (Limitation Act 1980 s.5; five in Scotland), and one to hear of it.
KEPT = datetime.timedelta(days=7 * 365 + 2)


class NotReadyError(Exception):
    """Something must be written before this requirement can be locked."""


@transaction.atomic
def lock_summary(*, by: User, requirement: Requirement, now: datetime.datetime) -> Summary:
    """Freeze the requirement and its field. A second press, or a second commissioner, gets the summary there is."""
    held = Requirement.objects.select_for_update().get(pk=requirement.pk)
    locked = Summary.objects.filter(requirement=held).first()
    if locked is not None:
        return locked
    marks = marks_given(held.questions.values_list("weight", flat=True), held.price_weight)
    missing = still_to_write(
        lots=held.lots.count(),
        has_reason_for_one_lot=bool(held.lots_note),
        marks=marks,
        unexplained=unexplained(held.conditions.all(), governing(held, timezone.localdate(now))),
    )
    if missing:
        raise NotReadyError(held.reference)
    reference = new_reference()
    facts = freeze(held, reference=reference, by=by, now=now)
    summary = Summary.objects.create(
        reference=reference,
        requirement=held,
        council=held.council,
        locked_at=now,
        locked_by=by,
        facts=facts,
        fingerprint=fingerprint(facts),
    )
    ask_for_papers(summary)
    record("summary.locked", by=by, target=summary, council=held.council_id)
    return summary


def end_what_is_past_its_time(today: datetime.date) -> int:
    """Blank the summaries whose requirement ended too long ago. Returns how many; running it twice ends none twice."""
    past = Summary.objects.filter(ended_at__isnull=True, requirement__ends_on__lt=today - KEPT)
    ended = 0
    for summary in past.iterator():
        ended += end_summary(summary)
    return ended


@transaction.atomic
def end_summary(summary: Summary) -> bool:
    """The whole summary goes; its reference and fingerprint stay."""
    held = Summary.objects.select_for_update().get(pk=summary.pk)
    if held.ended_at is not None:
        return False
    held.facts, held.ended_at = {}, timezone.now()
    held.save(update_fields=["facts", "ended_at"])
    end_papers(held)
    record("summary.ended", by=None, target=held, council=held.council_id)
    return True
