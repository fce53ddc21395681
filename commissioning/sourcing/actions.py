"""The shortlist: what a council wants to look at more closely. Being off it excludes nobody."""

from __future__ import annotations

from django.db import transaction

from commissioning.models import Lot, Requirement, ShortlistEntry, Summary
from providers.models import Service
from registry.audit.actions import record
from registry.models import User


class ClosedError(Exception):
    """The summary is locked: the shortlist stays as it was then."""


def hold_open(lot: Lot) -> None:
    Requirement.objects.select_for_update().get(pk=lot.requirement_id)
    if Summary.objects.filter(requirement=lot.requirement_id).exists():
        raise ClosedError


@transaction.atomic
def shortlist(*, by: User, lot: Lot, service: Service) -> None:
    hold_open(lot)
    entry, made = ShortlistEntry.objects.get_or_create(lot=lot, service=service, defaults={"added_by": by})
    if made:
        record("shortlist.added", by=by, target=entry, council=lot.requirement.council_id)


@transaction.atomic
def take_off_shortlist(*, by: User, lot: Lot, service: Service) -> None:
    hold_open(lot)
    entry = ShortlistEntry.objects.filter(lot=lot, service=service).first()
    if entry is not None:
        record("shortlist.removed", by=by, target=entry, council=lot.requirement.council_id)
        entry.delete()
