"""What a listed provider said and nobody decided yet, laid over what is approved: the forms show what was last said."""

from __future__ import annotations

from collections.abc import Iterable

from providers.joining import facts
from providers.joining.offered import recorded_services
from providers.joining.said import Answers, slug_of
from providers.models import FieldChange, Provider


def with_waiting(answers: Answers, provider: Provider) -> Answers:
    waiting = list(FieldChange.objects.waiting().filter(provider=provider).exclude(fact=facts.NEW))
    return overlaid(answers, provider, waiting) if waiting else answers


def overlaid(answers: Answers, provider: Provider, changes: Iterable[FieldChange]) -> Answers:
    """The same answers as they read once these changes are made."""
    marks = {offered.pk: offered.mark for offered in recorded_services(provider)}
    leading = next(iter(marks.values()), "")
    changed = {step: dict(said) for step, said in answers.items()}
    for change in changes:
        mark = marks.get(change.service_id, leading)
        for field, value in change.will_be.items():
            changed.setdefault(slug_of(facts.part_of(field, change.part), mark), {})[field] = value
    # Help that needs no ground any more has none: half an answer would pass for a whole one.
    grounds = {slug_of("personal-care", mark) for mark in marks.values()}
    return {
        step: said for step, said in changed.items() if step not in grounds or said.get("regulatory_basis") is not None
    }
