"""Every write to a requirement. A locked one never changes again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Sum

from commissioning.models import Condition, Lot, LotTime, Question, Requirement, Summary
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
    return save_lot(by=by, requirement=requirement, number=free_number(lots, number, facts), facts=facts)


def free_number(rows: Any, number: int, facts: Mapping[str, Any]) -> int:
    """The number asked for, where it is free or holds these very facts; else the next after the last."""
    taken = rows.filter(number=number).first()
    if taken and any(getattr(taken, name) != value for name, value in facts.items()):
        return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1
    return number


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
    close_up(Lot.objects.filter(requirement=held))


def close_up(rows: Any) -> None:
    """Number what is left from 1 on, in the order it has."""
    for place, later in enumerate(rows.order_by("number"), start=1):
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


class TimesOverlapError(Exception):
    """The lot wants hours in some of this window already."""


@transaction.atomic
def add_times(*, by: User, lot: Lot, days: Iterable[str], window: tuple[int, int], minutes: int) -> None:
    """Want `minutes` of work within a window, in minutes after midnight, on each of these days.

    A second press finds its own rows. Raises TimesOverlapError where another window of the lot lies over this one.
    """
    held = locked_for_change(lot.requirement)
    starts, ends = window
    for day in days:
        there = LotTime.objects.filter(lot=lot, day=day, starts_minute__lt=ends, ends_minute__gt=starts)
        if there.filter(starts_minute=starts, ends_minute=ends, minutes_needed=minutes).exists():
            continue
        if there.exists():
            raise TimesOverlapError(day)
        LotTime.objects.create(lot=lot, day=day, starts_minute=starts, ends_minute=ends, minutes_needed=minutes)
    record("requirement.times_changed", by=by, target=lot, council=held.council_id, fields=["times"])
    add_up_hours(lot)


@transaction.atomic
def remove_time(*, by: User, lot: Lot, time_id: int) -> None:
    held = locked_for_change(lot.requirement)
    gone, _each = LotTime.objects.filter(lot=lot, pk=time_id).delete()
    if gone:
        record("requirement.times_changed", by=by, target=lot, council=held.council_id, fields=["times"])
        add_up_hours(lot)


def add_up_hours(lot: Lot) -> None:
    """The week's hours follow from the windows, so that nobody says them twice; without windows they stay as said."""
    minutes = LotTime.objects.filter(lot=lot).aggregate(whole=Sum("minutes_needed"))["whole"]
    if minutes:
        Lot.objects.filter(pk=lot.pk).update(hours_per_week=-(-minutes // 60))


@transaction.atomic
def save_question(*, by: User, requirement: Requirement, number: int, facts: Mapping[str, Any]) -> Question:
    """Add or change the question with this number, which comes with the form: a second press changes nothing more."""
    held = locked_for_change(requirement)
    question, _made = Question.objects.update_or_create(requirement=held, number=number, defaults=dict(facts))
    record("requirement.question_set", by=by, target=question, council=held.council_id, fields=facts)
    return question


@transaction.atomic
def add_question(*, by: User, requirement: Requirement, number: int, facts: Mapping[str, Any]) -> Question:
    questions = Question.objects.filter(requirement=locked_for_change(requirement))
    return save_question(by=by, requirement=requirement, number=free_number(questions, number, facts), facts=facts)


@transaction.atomic
def remove_question(*, by: User, requirement: Requirement, question_id: int) -> None:
    """By its id, as with lots; those after it move up by one."""
    held = locked_for_change(requirement)
    question = Question.objects.filter(requirement=held, pk=question_id).first()
    if question is None:
        return
    record("requirement.question_removed", by=by, target=question, council=held.council_id)
    question.delete()
    close_up(Question.objects.filter(requirement=held))


class LotMovedOnError(Exception):
    """The lot is no longer what the proposal was made from."""


@transaction.atomic
def split_lot(*, by: User, lot: Lot, parts: Sequence[Mapping[str, Any]], was: Any) -> None:
    """Make a lot into several, which stand where it stood; what was asked of it alone is asked of each.

    A part holds title, outcodes, hours_per_week and times (facts of LotTime). `was` is the lot as the proposal found
    it (`state_of`): where somebody has changed it since, LotMovedOnError.
    """
    held = locked_for_change(lot.requirement)
    now = Lot.objects.filter(requirement=held, pk=lot.pk).first()
    if now is None or state_of(now) != was:
        raise LotMovedOnError(lot.pk)
    later = Lot.objects.filter(requirement=held, number__gt=now.number)
    later.update(number=F("number") + len(parts) - 1)
    asked = list(now.conditions.all())
    for place, part in enumerate(parts):
        one = now if place == 0 else Lot(requirement=held, category=now.category, number=now.number + place)
        write_part(one, part)
        if place:
            Condition.objects.bulk_create(copy_for(condition, one) for condition in asked)
    record("requirement.lot_split", by=by, target=now, council=held.council_id, fields=["lots"])


def state_of(lot: Lot) -> tuple[Any, ...]:
    """What a proposal to split a lot rests on."""
    times = lot.times.order_by("pk").values_list("day", "starts_minute", "ends_minute", "minutes_needed")
    return lot.category_id, sorted(lot.outcodes), lot.hours_per_week, list(times)


def write_part(lot: Lot, part: Mapping[str, Any]) -> None:
    lot.title, lot.outcodes, lot.hours_per_week = part["title"], part["outcodes"], part["hours_per_week"]
    lot.save()
    lot.times.all().delete()
    LotTime.objects.bulk_create(LotTime(lot=lot, **time) for time in part["times"])


def copy_for(condition: Condition, lot: Lot) -> Condition:
    return Condition(
        requirement_id=condition.requirement_id,
        lot=lot,
        kind=condition.kind,
        amount_pence=condition.amount_pence,
        number=condition.number,
        by_when=condition.by_when,
        keep_reason=condition.keep_reason,
    )
