"""Who is on a submission: two checkers never do the same work."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from providers.models import Submission
from providers.moderation import rules
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.audit.actions import record
from registry.models import User


class HeldByAnotherError(Exception):
    """Somebody else is on it; `submission` says who, and since when."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        super().__init__(str(submission.taken_by_id))


def refuse_unless_checker(by: User, council_code: str) -> None:
    if not councils_where(by, Permission.CHECK_PROVIDERS).filter(pk=council_code).exists():
        raise PermissionDenied(Permission.CHECK_PROVIDERS.value)


@transaction.atomic
def take(*, submission: Submission, by: User, over: bool = False, now: datetime.datetime | None = None) -> Submission:
    """Say "I am on it", for half an hour from now. `over` takes it out of another checker's hands, and is told.

    Raises HeldByAnotherError.
    """
    moment = now or timezone.now()
    mine = lock(submission, by)
    if mine.decided_at is not None:
        return mine
    if held_by_another(mine, by, moment):
        if not over:
            raise HeldByAnotherError(mine)
        note("submission.taken_over", by, mine)
    mine.taken_at, mine.taken_by = moment, by
    mine.save(update_fields=["taken_at", "taken_by"])
    return mine


@transaction.atomic
def let_go(*, submission: Submission, by: User) -> None:
    """Leave it to whoever comes; what another checker holds is theirs to let go."""
    mine = lock(submission, by)
    if mine.taken_by_id == by.pk:
        clear(mine)


def lock(submission: Submission, by: User) -> Submission:
    """The submission, for this transaction alone: of two who press at once, the second waits here."""
    refuse_unless_checker(by, submission.council_id)
    # No joins: after a wait PostgreSQL reads the locked row anew, but keeps what was joined to its old self.
    return Submission.objects.select_for_update().get(pk=submission.pk)


def clear(submission: Submission) -> None:
    submission.taken_at, submission.taken_by = None, None
    submission.save(update_fields=["taken_at", "taken_by"])


def held_by_another(submission: Submission, by: User, now: datetime.datetime) -> bool:
    return rules.is_held(taken_at=submission.taken_at, now=now) and submission.taken_by_id != by.pk


def note(verb: str, by: User, submission: Submission, fields: list[str] | None = None) -> None:
    record(
        verb,
        by=by,
        target=submission,
        council=submission.council_id,
        provider_id=submission.provider_id,
        fields=fields or [],
    )
