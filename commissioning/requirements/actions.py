"""Every write to a requirement. A locked one never changes again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from commissioning.models import Condition, Lot, Requirement, Summary
from commissioning.models.requirement import new_reference
from registry.audit.actions import record
from registry.models import Council, User


class AlreadyLockedError(Exception):
    """The summary is locked, and with it the requirement."""


def locked_for_change(requirement: Requirement) -> Requirement:
    """The row, held until the transaction ends, if it may still change."""
    held = Requirement.objects.select_for_update().get(pk=requirement.pk)
    if Summary.objects.filter(requirement=held).exists():
        raise AlreadyLockedError(requirement.reference)
    return held


@transaction.atomic
def start_requirement(*, by: User, council: Council, reference: str, facts: Mapping[str, Any]) -> Requirement:
    """Begin a requirement. `reference` comes with the form, so that sending it twice makes one."""
    if Requirement.objects.filter(reference=reference).exclude(created_by=by, council=council).exists():
        # The form was sent before for another council, or the reference is somebody else's.
        reference = new_reference()
    requirement, made = Requirement.objects.get_or_create(
        reference=reference, created_by=by, council=council, defaults=dict(facts)
    )
    if made:
        record("requirement.started", by=by, target=requirement, council=council, fields=facts)
    return requirement


@transaction.atomic
def change_requirement(*, by: User, requirement: Requirement, facts: Mapping[str, Any]) -> Requirement:
    """Write these fields; the audit names those that really changed."""
    held = locked_for_change(requirement)
    changed = [name for name, value in facts.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, facts[name])
    if changed:
        held.save(update_fields=changed)
        record("requirement.changed", by=by, target=held, council=held.council_id, fields=changed)
    return held


@transaction.atomic
def save_lot(*, by: User, requirement: Requirement, number: int, facts: Mapping[str, Any]) -> Lot:
    """Add or change the lot with this number. The number comes with the form: a second press changes nothing more."""
    held = locked_for_change(requirement)
    lot, made = Lot.objects.update_or_create(requirement=held, number=number, defaults=dict(facts))
    verb = "requirement.lot_added" if made else "requirement.lot_changed"
    record(verb, by=by, target=lot, council=held.council_id, fields=facts)
    return lot


@transaction.atomic
def add_lot(*, by: User, requirement: Requirement, number: int, facts: Mapping[str, Any]) -> Lot:
    """A second press finds its own lot; one that somebody else added meanwhile under this number is left alone."""
    lots = Lot.objects.filter(requirement=locked_for_change(requirement))
    taken = lots.filter(number=number).first()
    if taken and any(getattr(taken, name) != value for name, value in facts.items()):
        number = (lots.aggregate(last=Max("number"))["last"] or 0) + 1
    return save_lot(by=by, requirement=requirement, number=number, facts=facts)


@transaction.atomic
def remove_lot(*, by: User, requirement: Requirement, lot_id: int) -> None:
    """Take a lot out; those after it move up by one. Removing one that is gone does nothing.

    By its id, because a second press would find another lot under the same number.
    """
    held = locked_for_change(requirement)
    lot = Lot.objects.filter(requirement=held, pk=lot_id).first()
    if lot is None:
        return
    record("requirement.lot_removed", by=by, target=lot, council=held.council_id)
    lot.delete()
    for place, later in enumerate(Lot.objects.filter(requirement=held).order_by("number"), start=1):
        if later.number != place:
            later.number = place
            later.save(update_fields=["number"])


@transaction.atomic
def save_condition(
    *, by: User, requirement: Requirement, kind: str, facts: Mapping[str, Any], lot: Lot | None = None
) -> Condition:
    """Ask for something in every lot, or in one; what was asked of the same there before is replaced."""
    held = locked_for_change(requirement)
    condition, _made = Condition.objects.update_or_create(requirement=held, lot=lot, kind=kind, defaults=dict(facts))
    record("requirement.condition_set", by=by, target=condition, council=held.council_id, fields=["kind", *facts])
    return condition


@transaction.atomic
def remove_condition(*, by: User, requirement: Requirement, kind: str, lot: Lot | None = None) -> None:
    held = locked_for_change(requirement)
    condition = Condition.objects.filter(requirement=held, lot=lot, kind=kind).first()
    if condition is not None:
        record("requirement.condition_removed", by=by, target=condition, council=held.council_id)
        condition.delete()
