"""When a sending has nothing left that waits: it is decided by what became of its changes, or was taken back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from providers.models import Credential, FieldChange, Provider, Submission
from providers.models.field_change import ChangeOutcome
from providers.models.submission import Decision
from registry.audit.actions import record
from registry.models import User

ANSWERED = [ChangeOutcome.ACCEPTED, ChangeOutcome.REFUSED]


def settle(*, provider: Provider, by: User, reason: str = "") -> None:
    """Close the sending that waits, if none of its changes does. What was decided of them decides it, with the name
    and the moment of the last decision; where every one was taken back and it proves nothing either, it goes."""
    submission = Submission.objects.waiting().select_for_update(of=("self",)).filter(provider=provider).first()
    if submission is None or not submission.changes.exists() or submission.changes.waiting().exists():
        return
    last = submission.changes.filter(outcome__in=ANSWERED).order_by("decided_at").last()
    if last is not None:
        _decide(submission, last, reason)
    elif not Credential.every.filter(provider=provider, created_at__gte=submission.sent_at).exists():
        council = submission.council_id
        record("submission.withdrawn", by=by, target=submission, council=council, provider_id=provider.pk)
        submission.delete()


def _decide(submission: Submission, last: FieldChange, reason: str) -> None:
    accepted = submission.changes.filter(outcome=ChangeOutcome.ACCEPTED).exists()
    submission.decision = Decision.PUBLISHED if accepted else Decision.SENT_BACK
    submission.reason = reason if accepted else _("The reason stands with each change.")
    submission.decided_at, submission.decided_by = last.decided_at, last.decided_by
    submission.taken_at, submission.taken_by = None, None
    submission.save()
    fields = ["reason"] if reason else []
    council, provider_id = submission.council_id, submission.provider_id
    verb = f"submission.{submission.decision}"
    record(verb, by=last.decided_by, target=submission, council=council, provider_id=provider_id, fields=fields)
