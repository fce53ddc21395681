"""What became of the changes of a listed provider, for its own page: waiting, live at once, refused and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from providers.joining import facts
from providers.joining.addresses import own
from providers.joining.changed import Row, Wording
from providers.joining.offered import recorded_services
from providers.joining.said import slug_of
from providers.models import FieldChange, Provider
from providers.models.field_change import ChangeOutcome

# What went live by itself is told for so long; it stays on record longer.
TOLD_FOR = datetime.timedelta(days=30)
MOST_TOLD = 10


@dataclass(frozen=True)
class Told:
    """One change in words, with the address of the step where it can be said differently."""

    change: FieldChange
    rows: list[Row]
    address: str

    @property
    def is_new_service(self) -> bool:
        return self.change.fact == facts.NEW


@dataclass(frozen=True)
class Changes:
    waiting: list[Told]
    at_once: list[Told]
    refused: list[Told]

    def __bool__(self) -> bool:
        return bool(self.waiting or self.at_once or self.refused)


def changes_of(provider: Provider, now: datetime.datetime) -> Changes:
    told = list(_told(provider, now).select_related("service", "decided_by", "submission__council"))
    wording = Wording()
    marks = {offered.pk: offered.mark for offered in recorded_services(provider)}
    leading = next(iter(marks.values()), "")

    def shown(changes: Iterable[FieldChange]) -> list[Told]:
        return [Told(each, wording.rows(each), _address(provider, each, marks, leading)) for each in changes]

    refused = _open_refusals(told)
    at_once = [change for change in reversed(told) if change.outcome == ChangeOutcome.AT_ONCE]
    return Changes(
        waiting=shown(change for change in told if change.decided_at is None),
        at_once=shown(at_once[:MOST_TOLD]),
        refused=shown(change for change in told if change.pk in refused),
    )


def may_answer(change: FieldChange) -> bool:
    """A refusal that is still the last word about its fact, of a service that is still offered."""
    if change.service is not None and change.service.ended_at is not None:
        return False
    return change.pk in _open_refusals(FieldChange.objects.filter(provider=change.provider))


def _told(provider: Provider, now: datetime.datetime) -> QuerySet[FieldChange]:
    lately = Q(outcome=ChangeOutcome.AT_ONCE, decided_at__gt=now - TOLD_FOR)
    here = Q(service__isnull=True) | Q(service__ended_at__isnull=True)
    return FieldChange.objects.filter(
        here & (Q(decided_at__isnull=True) | lately | ~Q(outcome=ChangeOutcome.AT_ONCE)), provider=provider
    )


def _open_refusals(changes: Iterable[FieldChange]) -> set[UUID]:
    """Of each fact the newest change, where that is a refusal nobody answered."""
    newest: dict[tuple[UUID | None, str, str], FieldChange] = {}
    for change in sorted(changes, key=lambda each: (each.made_at, str(each.pk))):
        newest[change.service_id, change.part, change.fact] = change
    return {change.pk for change in newest.values() if change.outcome == ChangeOutcome.REFUSED and not change.answer}


def _address(provider: Provider, change: FieldChange, marks: dict[UUID | None, str], leading: str) -> str:
    mark = marks.get(change.service_id, leading)
    return own(provider.slug).of("step", slug_of(change.part, mark))
