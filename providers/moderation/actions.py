"""What a council decides about a submission, and about a provider that is listed."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.councils.actions import list_with
from providers.credentials.letters import write_to_provider
from providers.listings.actions import approve_services, list_provider, unlist_provider
from providers.listings.freeze import frozen_listing, ready_to_freeze
from providers.models import Provider, Service, Submission, Version
from providers.models.field_change import ChangeOutcome
from providers.models.submission import Decision
from providers.moderation import rules
from providers.moderation.facts import facts_of
from providers.moderation.overview import fingerprint_of
from providers.moderation.queue_actions import (
    HeldByAnotherError,
    held_by_another,
    lock,
    note,
    refuse_unless_checker,
)
from registry.access.permissions import Permission
from registry.audit.actions import record
from registry.models import Council, User


class AlreadyDecidedError(Exception):
    """Somebody else was quicker; `submission` says who decided what."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        super().__init__(submission.decision)


class ReasonNeededError(Exception):
    """Personal care by more than one worker, unregistered: publishing it needs a reason (rule 2)."""


class ChangedMeanwhileError(Exception):
    """What was sent is no longer what the checker looked at."""


@transaction.atomic
def publish(
    *, submission: Submission, by: User, reason: str = "", looked_at: str = "", now: datetime.datetime | None = None
) -> Version:
    """Let the public see what was sent. It also ends a suspension: the page says so before the button.

    `looked_at` is the fingerprint of what the checker read: a change sent since then is not published unseen.
    """
    moment = now or timezone.now()
    mine = take_to_decide(submission, by, moment)
    provider = mine.provider
    if mine.changes.waiting().exists():
        # Each of them has a yes or a no of its own.
        raise ChangedMeanwhileError
    if looked_at and looked_at != fingerprint_of(frozen_listing(_as_sent(provider))):
        raise ChangedMeanwhileError
    if rules.must_say_why(rules.findings(facts_of(mine), timezone.localdate(moment))) and not reason.strip():
        raise ReasonNeededError
    decide(mine, Decision.PUBLISHED, by, reason.strip(), moment)
    _end_suspension(provider)
    approve_services(providers=[provider.pk], now=moment)
    version = list_provider(provider=provider, by=by, now=moment)
    list_with(provider=provider, council=mine.council, by=by, now=moment)
    write_to_provider(
        provider,
        subject=_("You are listed"),
        body=_(
            "%(council)s has looked at what you sent, and families can now find you:\n%(page)s\n\n"
            "The page says what was checked, by whom and when. You can change what you say at any time; your "
            "page stays up while a change waits."
        )
        % {"council": mine.council.full_name, "page": page_of(provider)},
    )
    return version


@transaction.atomic
def send_back(*, submission: Submission, by: User, reason: str, now: datetime.datetime | None = None) -> Submission:
    """Ask the provider to mend something, in words that the provider reads. What is already public stays."""
    moment = now or timezone.now()
    mine = take_to_decide(submission, by, moment)
    _refuse_all(mine, by, reason.strip(), moment)
    decide(mine, Decision.SENT_BACK, by, reason.strip(), moment)
    write_to_provider(
        mine.provider,
        subject=_("Please look again at what you sent"),
        body=_(
            "%(council)s has looked at what you sent and asks you for something first:\n\n%(reason)s\n\n"
            "Nothing that you wrote is lost. Sign in, change what is needed or answer, and send it again:\n%(page)s"
        )
        % {"council": mine.council.full_name, "reason": mine.reason, "page": own_page_of(mine.provider)},
    )
    return mine


@transaction.atomic
def suspend(*, provider: Provider, council: Council, by: User, reason: str) -> None:
    """Take a listed provider from the public's sight. The reason goes to the provider and is kept nowhere else."""
    _refuse_unless_theirs(by, council, provider)
    mine = Provider.every.select_for_update().get(pk=provider.pk)
    if mine.suspended_at is not None:
        return
    unlist_provider(provider=mine, by=by)
    mine.suspended_at, mine.suspended_by = timezone.now(), by
    mine.save(update_fields=["suspended_at", "suspended_by"])
    record("provider.suspended", by=by, target=mine, council=council, provider_id=mine.pk)
    write_to_provider(
        mine,
        subject=_("Your page is not shown for now"),
        body=_("%(council)s has taken your page down for now:\n\n%(reason)s\n\nReply to the council to sort it out.")
        % {"council": council.full_name, "reason": reason},
    )


@transaction.atomic
def put_back(*, provider: Provider, council: Council, by: User) -> None:
    """Show a suspended provider again, as it was approved: what waits goes on waiting."""
    _refuse_unless_theirs(by, council, provider)
    mine = Provider.every.select_for_update().get(pk=provider.pk)
    if mine.suspended_at is None:
        return
    _end_suspension(mine)
    list_provider(provider=mine, by=by, now=timezone.now())
    record("provider.put_back", by=by, target=mine, council=council, provider_id=mine.pk)
    write_to_provider(
        mine,
        subject=_("Your page is shown again"),
        body=_("%(council)s has put your page back:\n%(page)s") % {"council": council.full_name, "page": page_of(mine)},
    )


def _as_sent(provider: Provider) -> Provider:
    return ready_to_freeze(Provider.every.filter(pk=provider.pk), Service.every.offered()).get()


def take_to_decide(submission: Submission, by: User, now: datetime.datetime) -> Submission:
    """The submission, locked, if it is still to be decided and no other checker is on it."""
    taken = lock(submission, by)
    if taken.decided_at is not None:
        raise AlreadyDecidedError(taken)
    if held_by_another(taken, by, now):
        raise HeldByAnotherError(taken)
    return taken


def decide(submission: Submission, decision: Decision, by: User, reason: str, now: datetime.datetime) -> None:
    submission.decision = decision
    submission.decided_at = now
    submission.decided_by = by
    submission.reason = reason
    submission.taken_at, submission.taken_by = None, None
    submission.save(update_fields=["decision", "decided_at", "decided_by", "reason", "taken_at", "taken_by"])
    note(f"submission.{decision.value}", by, submission, ["reason"] if reason else [])


def _refuse_all(submission: Submission, by: User, reason: str, now: datetime.datetime) -> None:
    """What is sent back whole is a no to each change in it."""
    for change in submission.changes.waiting().select_for_update(of=("self",)):
        change.outcome, change.reason = ChangeOutcome.REFUSED, reason
        change.decided_at, change.decided_by = now, by
        change.save()
        council, provider_id = submission.council_id, submission.provider_id
        record("change.refused", by=by, target=change, council=council, provider_id=provider_id, fields=[change.fact])


def _end_suspension(provider: Provider) -> None:
    provider.suspended_at, provider.suspended_by = None, None
    provider.save(update_fields=["suspended_at", "suspended_by"])


def page_of(provider: Provider) -> str:
    return f"{settings.SITE_URL}/providers/{provider.slug}/"


def own_page_of(provider: Provider) -> str:
    return f"{settings.SITE_URL}/my/{provider.slug}/"


def _refuse_unless_theirs(by: User, council: Council, provider: Provider) -> None:
    """A checker of the council that the provider belongs to now, or of the one whose publication stands."""
    refuse_unless_checker(by, council.pk)
    published = Submission.objects.filter(provider=provider, decision=Decision.PUBLISHED).order_by("-decided_at")
    last = published.values_list("council", flat=True).first()
    if council.pk not in (provider.home_council_id, last):
        raise PermissionDenied(Permission.CHECK_PROVIDERS.value)
