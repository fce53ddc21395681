"""Every write about a family's list. Nobody signs in for it, so `by` is always nobody.

The audit says when a list was made, sent and ended, and never what stands on it: that is the family's own business.
"""

from __future__ import annotations

import datetime
import uuid

from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from providers.credentials.wording import day
from providers.models import KeptList, KeptService
from providers.shortlists.links import look_address_of
from providers.shortlists.rules import MOST_KEPT, moved
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import User


class ListIsFull(Exception):
    """No more than `MOST_KEPT`: one has to be taken off first."""


@transaction.atomic
def make_list(*, by: User | None, today: datetime.date) -> KeptList:
    made = KeptList.objects.create(changed_on=today)
    record("kept_list.made", by=by, target=made)
    return made


@transaction.atomic
def keep(*, kept_list: KeptList, service_id: uuid.UUID, by: User | None, today: datetime.date) -> None:
    """Put a service at the end of the list. What is on it already stays where it is; a second press changes nothing."""
    _change(kept_list, today)
    if kept_list.kept.still_on().filter(service_id=service_id).exists():
        return
    if kept_list.kept.still_on().count() >= MOST_KEPT:
        raise ListIsFull
    last = kept_list.kept.aggregate(last=Max("position"))["last"] or 0
    KeptService.objects.update_or_create(
        kept_list=kept_list,
        service_id=service_id,
        defaults={"position": last + 1, "kept_on": today, "taken_off_on": None},
    )


@transaction.atomic
def note(*, kept: KeptService, words: str, by: User | None, today: datetime.date) -> None:
    _change(kept.kept_list, today)
    KeptService.objects.filter(pk=kept.pk).update(note=words)


@transaction.atomic
def move(*, kept: KeptService, places: int, by: User | None, today: datetime.date) -> None:
    _change(kept.kept_list, today)
    rows = list(kept.kept_list.kept.still_on())
    # Written anew from 1, so that two in one place, from two presses at once, do not stay so.
    for position, key in enumerate(moved([row.pk for row in rows], kept.pk, places), start=1):
        KeptService.objects.filter(pk=key).update(position=position)


@transaction.atomic
def take_off(*, kept: KeptService, by: User | None, today: datetime.date) -> None:
    _change(kept.kept_list, today)
    KeptService.objects.filter(pk=kept.pk).update(taken_off_on=today)


@transaction.atomic
def put_back(*, kept: KeptService, by: User | None, today: datetime.date) -> None:
    """Where it stood, with its note and the day on which it was kept."""
    _change(kept.kept_list, today)
    if kept.kept_list.kept.still_on().exclude(pk=kept.pk).count() >= MOST_KEPT:
        raise ListIsFull
    KeptService.objects.filter(pk=kept.pk).update(taken_off_on=None)


@transaction.atomic
def send(*, kept_list: KeptList, to: str, by: User | None) -> None:
    """One message with the link to look. It holds no word of anybody's own, so that nobody can write through us."""
    queue(
        to=to,
        subject=_("Somebody has sent you a list of care and support"),
        body=render_to_string(
            "mail/shared_list.txt",
            {"address": look_address_of(kept_list), "until": day(kept_list.kept_until)},
        ),
        forgets_to=True,
    )
    record("kept_list.sent", by=by, target=kept_list)


@transaction.atomic
def change_look_link(*, kept_list: KeptList, by: User | None, today: datetime.date) -> None:
    """Links that were sent before open nothing from now on."""
    _change(kept_list, today)
    kept_list.shown_by = uuid.uuid4()
    kept_list.save(update_fields=["shown_by"])
    record("kept_list.link_changed", by=by, target=kept_list)


@transaction.atomic
def delete_list(*, kept_list: KeptList, by: User | None) -> None:
    record("kept_list.deleted", by=by, target=kept_list)
    KeptList.objects.filter(pk=kept_list.pk).delete()


def _change(kept_list: KeptList, today: datetime.date) -> None:
    """One change of a list at a time; each keeps it for another 90 days."""
    KeptList.objects.select_for_update().filter(pk=kept_list.pk).first()
    KeptList.objects.filter(pk=kept_list.pk).update(changed_on=today)
    kept_list.changed_on = today
