"""Every write about a registration that a council begins for somebody: by invitation, or on the phone."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.introducing.rules import may_send_again
from providers.joining.actions import delete_draft
from providers.joining.flow import KNOWN
from providers.joining.said import Answers
from providers.models import Draft, DraftStep
from registry.accounts.rules import Refused, same_address
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import Council, User


@transaction.atomic
def begin(*, council: Council, email: str, known: Answers, by: User) -> Draft:
    """A registration that is nobody's yet, with what the council knows, for the holder of an address to take over."""
    email = email.strip().lower()
    # Of two colleagues who invite one person at the same moment, the second hears of the first.
    Council.objects.select_for_update().get(pk=council.pk)
    if waiting_for(email).filter(begun_for=council).exists():
        raise Refused(_("Your council has begun a registration for this address already. It is in the list."))
    draft = Draft.objects.create(begun_for=council, begun_by=by, for_email=email)
    if known:
        DraftStep.objects.create(draft=draft, step=KNOWN, answers=known)
    record("introduction.begun", by=by, target=draft, council=council)
    return draft


@transaction.atomic
def send_invitation(*, draft: Draft, by: User) -> None:
    """Ask the person to take it over and, where a colleague wrote down what they said, to confirm it."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("begun_for").get(pk=draft.pk)
    now = timezone.now()
    if draft.taken_over_at is not None:
        raise Refused(_("They have taken it over already."))
    if not may_send_again(draft.invited_at, now):
        raise Refused(_("We sent it less than an hour ago. Give the message time to arrive."))
    council = draft.begun_for
    assert council is not None
    is_written = draft.steps.exclude(step=KNOWN).exists()
    words = {"council": council, "link": settings.SITE_URL + reverse("introduced_me", args=[draft.pk])}
    template = "mail/confirm_registration.txt" if is_written else "mail/council_invites_provider.txt"
    subject = _("Please look at your registration") if is_written else _("List what you do on Nearhand")
    queue(to=draft.for_email, subject=subject, body=render_to_string(template, words))
    draft.invited_at = draft.touched_at = now
    draft.save(update_fields=["invited_at", "touched_at"])
    record("introduction.sent", by=by, target=draft, council=council)


@transaction.atomic
def withdraw(*, draft: Draft, by: User) -> None:
    """Take it back with all that was written down. What somebody has taken over is theirs and stays."""
    still_open = Draft.objects.select_for_update().filter(pk=draft.pk, taken_over_at=None).first()
    if still_open is not None:
        record("introduction.withdrawn", by=by, target=still_open, council=still_open.begun_for_id)
        delete_draft(draft=still_open, by=by)


@transaction.atomic
def take_over(*, draft: Draft, by: User) -> Draft:
    """Make it the person's own. What they had begun themselves stays, and the council's words fill its gaps."""
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if not same_address(draft.for_email, by.email):
        raise Refused(_("This was sent to another email address."))
    if draft.taken_over_at is not None:
        return draft
    council = draft.begun_for_id
    begun = Draft.objects.filter(user=by, provider=None).first()
    if begun:
        _bring_own(begun, draft)
    draft.user, draft.taken_over_at, draft.touched_at = by, timezone.now(), timezone.now()
    draft.save(update_fields=["user", "taken_over_at", "touched_at"])
    record("introduction.taken_over", by=by, target=draft, council=council)
    return draft


def waiting_for(email: str) -> QuerySet[Draft]:
    """What councils began for the holder of an address, and nobody has taken over."""
    return Draft.objects.filter(for_email__iexact=email, user=None, provider=None, begun_for__isnull=False)


def forget_introductions(user: User, by: User) -> None:
    """When an account is closed: what waited for the person goes, and their address from what they took over."""
    for draft in waiting_for(user.email):
        delete_draft(draft=draft, by=by)
    Draft.objects.filter(for_email__iexact=user.email).update(for_email="")


def _bring_own(begun: Draft, draft: Draft) -> None:
    """Into the council's draft and not the other way round, so that the link keeps leading to it."""
    draft.steps.filter(step__in=list(begun.steps.values_list("step", flat=True))).delete()
    begun.steps.update(draft=draft)
    begun.files.update(draft=draft)
    begun.twin_answers.update(draft=draft)
    begun.delete()
