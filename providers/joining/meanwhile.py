"""Two people on one page: what the other one said since it was opened."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django import forms

from providers.joining.answers import answers_of
from providers.joining.flow import Walk
from providers.joining.forms.base import StepForm, Words
from providers.joining.said import Facts
from providers.joining.steps import Step
from providers.joining.summary import words_of
from providers.models import Draft, Submission
from registry.models import User


@dataclass(frozen=True)
class Difference:
    question: Words
    theirs: Words
    yours: Words


def read_moment(written: str) -> datetime.datetime | None:
    """The moment that a page carries in a hidden field; None where it carries none, or nonsense."""
    try:
        moment = datetime.datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def was_saved_by_another(draft: Draft, step: str, facts: Facts, by: User, read_at: datetime.datetime) -> bool:
    """Since then, and differently: a second press of one's own button is nobody else."""
    if not _differs(answers_of(draft, draft.provider).get(step, {}), facts):
        return False
    if saved := draft.steps.filter(step=step).first():
        return saved.saved_at > read_at and saved.saved_by_id != by.pk
    # Nothing waits in the draft, but somebody may have sent what they saved.
    sent = Submission.objects.filter(provider=draft.provider_id, sent_at__gt=read_at) if draft.provider_id else None
    return sent is not None and sent.exclude(sent_by=by).exists()


def _differs(before: Facts, after: Facts) -> bool:
    return any((before.get(name) or None) != (value or None) for name, value in after.items())


def differences(walk: Walk, step: Step, form: StepForm) -> list[Difference]:
    """What stands there now beside what was typed, question by question, where the two are not the same."""
    theirs, yours = walk.said_in(step).facts(step.part), form.facts()
    rows = [
        Difference(field.label, words_of(form, field, theirs), words_of(form, field, yours))
        for field in form
        if form.applies(field.name, yours) and not isinstance(field.field, forms.FileField)
    ]
    return [row for row in rows if str(row.theirs) != str(row.yours)]
