"""A checker's yes and no to the single changes of a listed provider's edit."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.councils.actions import list_with
from providers.credentials.letters import write_to_provider
from providers.joining.changed import label_of
from providers.joining.changes import apply, current, fingerprint, publish_again
from providers.joining.facts import NEW
from providers.joining.settling import settle
from providers.models import FieldChange, Provider, Submission
from providers.models.field_change import ChangeOutcome
from providers.moderation.actions import (
    ChangedMeanwhileError,
    ReasonNeededError,
    own_page_of,
    page_of,
    take_to_decide,
)
from providers.moderation.edit import care_without_registration
from registry.audit.actions import record
from registry.models import User


@dataclass(frozen=True)
class Answer:
    """To one change: yes, or no with a reason in words that the provider reads."""

    is_yes: bool
    reason: str = ""


@transaction.atomic
def decide_changes(
    *,
    submission: Submission,
    by: User,
    answers: Mapping[UUID, Answer],
    looked_at: str,
    reason: str = "",
    now: datetime.datetime | None = None,
) -> Submission:
    """Accept some of the changes that wait, refuse others; those without an answer go on waiting.

    `looked_at` is the fingerprint of what the checker read. Raises ChangedMeanwhileError where the provider, or what
    is approved, moved since then, and ReasonNeededError where what is accepted makes personal care by several people
    without registration (rule 2).
    """
    moment = now or timezone.now()
    mine = take_to_decide(submission, by, moment)
    provider = Provider.every.select_for_update().get(pk=mine.provider_id)
    waiting = list(mine.changes.waiting().select_for_update(of=("self",)).select_related("service", "provider"))
    approved = current(provider, waiting)
    if looked_at != fingerprint(waiting, approved):
        raise ChangedMeanwhileError
    answered = [change for change in waiting if change.pk in answers]
    accepted = [change for change in answered if answers[change.pk].is_yes]
    for change in answered:
        # What it replaces is what stood there when it was decided, not when it was asked for.
        change.was = approved[change.pk]
        _note(change, answers[change.pk], by, moment)
    if accepted:
        _make(mine, provider, accepted, by, reason, moment)
    settle(provider=provider, by=by, reason=reason.strip())
    _tell(mine, provider, answered, answers)
    mine.refresh_from_db()
    return mine


def _make(
    submission: Submission,
    provider: Provider,
    accepted: Sequence[FieldChange],
    by: User,
    reason: str,
    now: datetime.datetime,
) -> None:
    today = timezone.localdate(now)
    before, home = care_without_registration(submission, today), provider.home_council_id
    apply(provider=provider, changes=accepted, now=now)
    submission.provider.refresh_from_db()
    if care_without_registration(submission, today) > before and not reason.strip():
        raise ReasonNeededError
    if provider.home_council_id != home and provider.listed_at is not None:
        # They moved: whose checkers said yes to that has them on its list from now on.
        list_with(provider=provider, council=provider.home_council, by=by, now=now)
    publish_again(provider=provider, by=by, now=now)


def _note(change: FieldChange, answer: Answer, by: User, now: datetime.datetime) -> None:
    change.outcome = ChangeOutcome.ACCEPTED if answer.is_yes else ChangeOutcome.REFUSED
    change.reason = "" if answer.is_yes else answer.reason.strip()
    change.decided_at, change.decided_by = now, by
    change.save()
    council, provider_id = change.provider.home_council_id, change.provider_id
    record(
        f"change.{change.outcome}", by=by, target=change, council=council, provider_id=provider_id, fields=[change.fact]
    )


def _tell(
    submission: Submission, provider: Provider, answered: Sequence[FieldChange], answers: Mapping[UUID, Answer]
) -> None:
    """One letter for all that was decided at once."""
    yes = [change for change in answered if answers[change.pk].is_yes]
    no = [change for change in answered if not answers[change.pk].is_yes]
    council = submission.council.full_name
    parts = []
    if yes:
        parts.append(
            _("%(council)s said yes to what you changed. Families can see it now:\n%(page)s")
            % {"council": council, "page": page_of(provider)}
        )
    if no:
        reasons = "\n\n".join(f"{_name_of(change)}:\n{change.reason}" for change in no)
        parts.append(
            _(
                "%(council)s did not say yes to this:\n\n%(reasons)s\n\n"
                "Your page stays up as it was. You can answer, or change it again:\n%(page)s"
            )
            % {"council": council, "reasons": reasons, "page": own_page_of(provider)}
        )
    if parts:
        write_to_provider(provider, subject=_("What you changed on your page"), body="\n\n".join(parts))


def _name_of(change: FieldChange) -> str:
    if change.fact == NEW:
        return _("The new service")
    return _("Kinds of support") if change.fact == "kinds" else str(label_of(change.part, change.fact))
