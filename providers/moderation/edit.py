"""What a checker sees of a listed provider's edit: every change that waits, what it would make of the listing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from providers.joining import facts as told
from providers.joining.answers import answers_of
from providers.joining.changed import Row, Wording
from providers.joining.changes import current, fingerprint
from providers.joining.offered import recorded_services
from providers.joining.said import Said
from providers.models import FieldChange, Provider, Submission
from providers.models.field_change import ChangeOutcome
from providers.moderation import rules
from providers.moderation.facts import facts_of, service_facts
from providers.moderation.rules import Concern, Facts, ServiceFacts
from providers.moderation.wording import sentence


@dataclass(frozen=True)
class Item:
    """`now` is what is approved today, where that moved since the change was asked for; `refused` the last no."""

    change: FieldChange
    heading: str
    rows: list[Row]
    now: list[Row]
    refused: FieldChange | None

    @property
    def is_new_service(self) -> bool:
        return self.change.fact == told.NEW


@dataclass(frozen=True)
class Edit:
    items: list[Item]
    decided: list[Item]
    concerns: list[str]
    must_say_why: bool
    fingerprint: str


def edit_of(submission: Submission, today: datetime.date) -> Edit | None:
    """None where nothing is said differently: a first registration, or certificates alone."""
    changes = list(submission.changes.select_related("service", "decided_by", "provider"))
    if not changes:
        return None
    wording = Wording()
    waiting = [change for change in changes if change.decided_at is None]
    approved = current(submission.provider, waiting)
    refused = _refused_before(submission.provider, waiting)
    found = facts_as_sent(submission)
    return Edit(
        items=[_item(change, wording, approved[change.pk], refused.get(_fact(change))) for change in waiting],
        decided=[Item(change, _heading(change), wording.rows(change), [], None) for change in _answered(changes)],
        concerns=[sentence(finding, found) for finding in rules.findings(found, today)] if waiting else [],
        must_say_why=bool(waiting) and _unregistered(found, today) > care_without_registration(submission, today),
        fingerprint=fingerprint(waiting, approved),
    )


def care_without_registration(submission: Submission, today: datetime.date) -> int:
    """How many services that families can see are personal care by several people, unregistered (rule 2)."""
    return _unregistered(facts_of(submission, only_approved=True), today)


def facts_as_sent(submission: Submission) -> Facts:
    """The facts as they would be if every change were accepted."""
    provider = submission.provider
    marks = [offered.mark for offered in recorded_services(provider)]
    said = Said(answers_of(None, provider), marks)
    return replace(
        facts_of(submission),
        people=said.people,
        services=tuple(_service(said.of(mark)) for mark in marks),
        base_council=said.council.pk if said.council else None,
    )


def _service(said: Said) -> ServiceFacts:
    return service_facts(
        name=said.get("service", "name", ""),
        regulations=said.regulations,
        basis=said.get("personal-care", "regulatory_basis") or "not_known",
        registration_number=said.get("personal-care", "registration_number") or "",
        nation=said.nation,
    )


def _unregistered(found: Facts, today: datetime.date) -> int:
    return sum(each.concern == Concern.CARE_WITHOUT_REGISTRATION for each in rules.findings(found, today))


def _item(change: FieldChange, wording: Wording, approved: told.Fields, refused: FieldChange | None) -> Item:
    moved = not told.same(change.was, approved)
    now = wording.compared(change.part, change.fact, change.was, approved) if moved else []
    return Item(change, _heading(change), wording.rows(change), now, refused)


def _heading(change: FieldChange) -> str:
    if change.fact == told.NEW:
        return _("A new service: %(name)s") % {"name": change.service}
    return _("Service: %(name)s") % {"name": change.service} if change.service else _("The business")


def _answered(changes: Iterable[FieldChange]) -> list[FieldChange]:
    """Those that a person decided."""
    return [change for change in changes if change.outcome in (ChangeOutcome.ACCEPTED, ChangeOutcome.REFUSED)]


def _refused_before(provider: Provider, waiting: list[FieldChange]) -> dict[tuple[UUID | None, str, str], FieldChange]:
    """The last refusal of each fact, with what the provider answered to it."""
    wanted = {_fact(change) for change in waiting}
    refused: QuerySet[FieldChange] = FieldChange.objects.filter(provider=provider, outcome=ChangeOutcome.REFUSED)
    rows = refused.select_related("decided_by").order_by("decided_at")
    return {_fact(change): change for change in rows if _fact(change) in wanted}


def _fact(change: FieldChange) -> tuple[UUID | None, str, str]:
    return change.service_id, change.part, change.fact
