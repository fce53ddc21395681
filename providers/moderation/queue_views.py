"""The queue, and who is on what."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from providers.access import get_submission
from providers.credentials.wording import day
from providers.models import Submission
from providers.moderation import queue, queue_actions, rules
from providers.moderation.asked import asked_of
from providers.moderation.forms import QueueForm
from providers.moderation.public_words import waiting_for
from registry.access.getters import councils_where, get_councils, signed_in
from registry.access.permissions import Permission
from registry.models import User

A_PAGE = 25


@dataclass(frozen=True)
class Holding:
    """Who is on a submission now, for the person who looks at it."""

    by: User | None
    is_mine: bool
    since: datetime.datetime | None

    @property
    def is_anothers(self) -> bool:
        return self.by is not None and not self.is_mine


def holding(submission: Submission, user: User, now: datetime.datetime) -> Holding:
    if submission.decided_at is not None or not rules.is_held(taken_at=submission.taken_at, now=now):
        return Holding(None, False, None)
    return Holding(submission.taken_by, submission.taken_by_id == user.pk, submission.taken_at)


@login_required
@require_GET
def checks(request: HttpRequest) -> HttpResponse:
    """The queue of every council for which this person may see it."""
    councils = get_councils(request.user, Permission.SEE_QUEUE)
    form = QueueForm(request.GET, list(councils.defer("boundary")))
    wanted, user, now = form.wanted(), signed_in(request), timezone.now()
    page = Paginator(queue.found(councils, wanted, user, now), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "rows": [(submission, holding(submission, user, now)) for submission in page],
        "waiting": queue.waiting(councils, timezone.localdate()),
        "median_minutes": queue.median_minutes(councils, now),
        "several_councils": "council" in form.fields,
        "asked_number": asked_of(councils).count(),
        "words_number": waiting_for(councils).number,
        "one_by_one": councils_where(user, Permission.CHECK_PROVIDERS).defer("boundary"),
        "now": now,
    }
    return render(request, "moderation/checks.html", context)


@login_required
@require_POST
def take_submission(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """ "I'll take this", and "Take it over" when the page said who has it."""
    submission = get_submission(request.user, str(submission_id), Permission.CHECK_PROVIDERS)
    over = request.POST.get("over") == str(submission.taken_by_id)
    try:
        queue_actions.take(submission=submission, by=signed_in(request), over=over)
    except queue_actions.HeldByAnotherError as other:
        return say_who_has_it(request, other.submission)
    return redirect("check_submission", submission.pk)


@login_required
@require_POST
def let_go_of_submission(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    submission = get_submission(request.user, str(submission_id), Permission.CHECK_PROVIDERS)
    queue_actions.let_go(submission=submission, by=signed_in(request))
    return redirect("checks")


def say_who_has_it(request: HttpRequest, submission: Submission) -> HttpResponse:
    words = _("%(who)s is on this. Nothing was changed. You can take it over if you need to.")
    messages.info(request, words % {"who": submission.taken_by})
    return redirect("check_submission", submission.pk)


def say_who_decided(request: HttpRequest, submission: Submission) -> HttpResponse:
    """The second of two checkers, or a second press of the button, hears who decided what and changes nothing."""
    words = _("%(who)s decided this on %(day)s: %(decision)s.") % {
        "who": submission.decided_by,
        "day": day(timezone.localdate(submission.decided_at)),
        "decision": submission.get_decision_display(),
    }
    messages.info(request, words)
    return redirect("check_submission", submission.pk)
