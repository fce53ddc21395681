"""Looking through credentials one after another: whose turn it is, and what was found."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from providers.credentials.actions import record_check, rely_on
from providers.models import Check, CheckTurn, Credential
from providers.models.check import CheckOutcome
from providers.moderation.batch import after, free_for, origin_for, standing_of
from registry.models import Council, User

RELY = "rely"
SKIP = "skip"


class TurnTakenError(Exception):
    """Somebody else is looking at it just now."""

    def __init__(self, turn: CheckTurn) -> None:
        self.by = turn.by
        super().__init__()


@dataclass(frozen=True)
class Found:
    """What a checker says of one credential: an outcome, `RELY` or `SKIP`; how and when they looked."""

    outcome: str
    means: str
    seen_on: datetime.date
    note: str = ""


@transaction.atomic
def take_next(*, council: Council, by: User, last: Credential | None, now: datetime.datetime) -> Credential | None:
    """The next one that nobody else has, held for this checker; None at the end. Others' turns are stepped over."""
    CheckTurn.objects.filter(council=council, by=by).delete()
    free = after(free_for(by, council, now, timezone.localdate(now)), last)
    found = free.select_for_update(skip_locked=True, of=("self",)).first()
    if found is not None:
        hold(credential=found, council=council, by=by, now=now)
    return found


@transaction.atomic
def hold(*, credential: Credential, council: Council, by: User, now: datetime.datetime) -> None:
    """Keep others from doing the same work. Raises TurnTakenError where somebody does it already."""
    Credential.every.select_for_update().get(pk=credential.pk)
    if turn := held_by_another(credential, council, by, now):
        raise TurnTakenError(turn)
    CheckTurn.objects.update_or_create(credential=credential, council=council, defaults={"by": by, "taken_at": now})


def held_by_another(credential: Credential, council: Council, by: User, now: datetime.datetime) -> CheckTurn | None:
    held = CheckTurn.objects.held(now).filter(credential=credential, council=council)
    return held.exclude(by=by).select_related("by").first()


@transaction.atomic
def decide(*, credential: Credential, council: Council, by: User, found: Found, now: datetime.datetime) -> Check | None:
    """Record what was found, and let the credential go. None where it was left for later."""
    hold(credential=credential, council=council, by=by, now=now)
    CheckTurn.objects.filter(credential=credential, council=council).delete()
    if found.outcome == SKIP:
        return None
    if found.outcome == RELY:
        origin = origin_for(standing_of(credential, timezone.localdate(now)), council.pk)
        # Without one `rely_on` says no; the newest check stands in for what has gone meanwhile.
        return rely_on(check=origin or credential.checks.latest("recorded_at"), council=council, by=by)
    return record_check(
        credential=credential,
        council=council,
        by=by,
        outcome=CheckOutcome(found.outcome),
        means=found.means,
        seen_on=found.seen_on,
        note=found.note,
    )


def purge_turns(today: datetime.date) -> int:
    """A turn that nobody ended means nothing after its hour."""
    return CheckTurn.objects.filter(taken_at__date__lt=today).delete()[0]
