"""Deciding a listed provider's edit, change by change."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from providers.access import get_submission
from providers.models import Submission
from providers.moderation.actions import AlreadyDecidedError, ChangedMeanwhileError, ReasonNeededError
from providers.moderation.change_actions import decide_changes
from providers.moderation.change_forms import ChangesForm
from providers.moderation.edit import edit_of
from providers.moderation.queue_actions import HeldByAnotherError
from providers.moderation.queue_views import holding, say_who_decided, say_who_has_it
from registry.access.getters import signed_in
from registry.access.permissions import Permission


@login_required
@require_http_methods(["GET", "POST"])
def decide_submission_changes(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    submission = get_submission(request.user, str(submission_id), Permission.CHECK_PROVIDERS)
    if submission.decided_at is not None:
        return say_who_decided(request, submission)
    edit = edit_of(submission, timezone.localdate())
    if edit is None or not edit.items:
        return redirect("check_submission", submission.pk)
    form = ChangesForm(request.POST if request.method == "POST" else None, edit)
    if request.method == "POST" and form.is_valid():
        answer = _decide(request, submission, form)
        if answer is not None:
            return answer
    page = {"submission": submission, "provider": submission.provider, "edit": edit, "form": form}
    page["holding"] = holding(submission, signed_in(request), timezone.now())
    return render(request, "moderation/decide_changes.html", page)


def _decide(request: HttpRequest, submission: Submission, form: ChangesForm) -> HttpResponse | None:
    """Where to go next; None where the page has to be shown once more."""
    by, looked_at = signed_in(request), request.POST.get("looked-at", "")
    why = form.cleaned_data.get("why", "")
    try:
        decided = decide_changes(submission=submission, by=by, answers=form.answers(), looked_at=looked_at, reason=why)
    except AlreadyDecidedError as quicker:
        return say_who_decided(request, quicker.submission)
    except HeldByAnotherError as other:
        return say_who_has_it(request, other.submission)
    except ChangedMeanwhileError:
        messages.info(request, _("Nothing was decided: something moved since you opened the page. Look again."))
        return redirect("check_submission", submission.pk)
    except ReasonNeededError:
        form.ask_why()
        return None
    if decided.decided_at is None:
        messages.success(request, _("Saved. What you did not answer still waits."))
        return redirect("check_submission", submission.pk)
    messages.success(request, _("Decided. They have been told."))
    return redirect("checks")
