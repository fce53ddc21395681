from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.access import get_submission
from providers.credentials.actions import destroy_as_dbs, record_check
from providers.credentials.actions import record_dbs as write_dbs
from providers.credentials.standing import standing, with_checks
from providers.models import Credential, Evidence, Submission
from providers.moderation import actions
from providers.moderation.change_forms import ChangesForm
from providers.moderation.edit import edit_of
from providers.moderation.forms import CheckForm, DbsForm, PublishForm, PurgeForm, ReasonForm
from providers.moderation.overview import overview
from providers.moderation.purging import purge_texts, texts_of
from providers.moderation.queue_actions import HeldByAnotherError
from providers.moderation.queue_views import holding, say_who_decided, say_who_has_it
from providers.references.reading import answers_to
from registry.access.getters import councils_where, signed_in
from registry.access.permissions import Permission


@login_required
@require_GET
def check_submission(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Everything that was sent, for the one who decides and for those who may only look."""
    submission = get_submission(request.user, str(submission_id), Permission.SEE_QUEUE)
    may_decide = councils_where(request.user, Permission.CHECK_PROVIDERS).filter(pk=submission.council_id).exists()
    today = timezone.localdate()
    edit = edit_of(submission, today)
    context = {
        "submission": submission,
        "provider": submission.provider,
        "may_decide": may_decide,
        "seen": overview(submission, today),
        "edit": edit,
        "form": ChangesForm(None, edit) if edit else None,
        "holding": holding(submission, signed_in(request), timezone.now()),
    }
    return render(request, "moderation/submission.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def check_credential(request: HttpRequest, submission_id: uuid.UUID, credential_id: uuid.UUID) -> HttpResponse:
    submission = to_decide(request, submission_id)
    credential = get_object_or_404(
        with_checks(Credential.every.filter(provider=submission.provider_id)), pk=credential_id
    )
    form = CheckForm(_posted(request), initial={"seen_on": timezone.localdate(), "means": "copy"})
    if request.method == "POST" and form.is_valid():
        record_check(credential=credential, council=submission.council, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Recorded. Your name stands with it."))
        return redirect("check_submission", submission.pk)
    context = {
        "submission": submission,
        "form": form,
        "held": standing(credential, timezone.localdate()),
        "answers": answers_to(credential),
    }
    return render(request, "moderation/credential.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def destroy_evidence(request: HttpRequest, submission_id: uuid.UUID, evidence_id: uuid.UUID) -> HttpResponse:
    """ "This is a DBS certificate: destroy it"."""
    submission = to_decide(request, submission_id)
    kept = Evidence.objects.filter(credential__provider=submission.provider_id, purged_at__isnull=True)
    evidence = get_object_or_404(kept.select_related("credential__provider"), pk=evidence_id)
    if request.method == "POST":
        destroy_as_dbs(evidence=evidence, council=submission.council, by=signed_in(request))
        messages.success(request, _("The file is destroyed. We have told the provider why, and what to do instead."))
        return redirect("check_submission", submission.pk)
    back = reverse("check_submission", args=[submission.pk])
    return render(request, "moderation/destroy.html", {"provider": submission.provider, "back": back})


@login_required
@require_http_methods(["GET", "POST"])
def record_dbs(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """That a DBS certificate was seen, and nothing of what was on it."""
    submission = to_decide(request, submission_id)
    form = DbsForm(_posted(request), initial={"seen_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        write_dbs(provider=submission.provider, council=submission.council, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Recorded that it was seen. Nobody else learns of it without the provider's yes."))
        return redirect("check_submission", submission.pk)
    return render(request, "moderation/dbs.html", {"submission": submission, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def publish_submission(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    submission = to_decide(request, submission_id)
    seen = overview(submission, timezone.localdate())
    form = PublishForm(_posted(request), must_say_why=seen.must_say_why)
    if submission.decided_at:
        return say_who_decided(request, submission)
    if request.method == "POST" and form.is_valid():
        reason, looked_at = form.cleaned_data.get("reason", ""), request.GET.get("looked-at", "")
        try:
            actions.publish(submission=submission, by=signed_in(request), reason=reason, looked_at=looked_at)
        except actions.AlreadyDecidedError as quicker:
            return say_who_decided(request, quicker.submission)
        except HeldByAnotherError as other:
            return say_who_has_it(request, other.submission)
        except actions.ReasonNeededError:
            # They changed what they say while this page was open.
            return redirect("publish_submission", submission.pk)
        except actions.ChangedMeanwhileError:
            messages.info(request, _("Not published: they have changed something since you looked. Look again."))
            return redirect("check_submission", submission.pk)
        messages.success(request, _("Published. Families can find them now, and they have been told."))
        return redirect("checks")
    return render(request, "moderation/publish.html", {"submission": submission, "form": form, "seen": seen})


@login_required
@require_http_methods(["GET", "POST"])
def send_back_submission(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    submission = to_decide(request, submission_id)
    form = ReasonForm(_posted(request))
    if submission.decided_at:
        return say_who_decided(request, submission)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(submission=submission, by=signed_in(request), reason=form.cleaned_data["reason"])
        except actions.AlreadyDecidedError as quicker:
            return say_who_decided(request, quicker.submission)
        except HeldByAnotherError as other:
            return say_who_has_it(request, other.submission)
        messages.success(request, _("Sent back. They have been told what to do."))
        return redirect("checks")
    return render(request, "moderation/send_back.html", {"submission": submission, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def safeguarding(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Whom to tell, and how to take out of here what should never have been typed here (rule 16)."""
    submission = to_decide(request, submission_id)
    form = PurgeForm(_posted(request), texts_of(submission))
    if request.method == "POST" and form.is_valid():
        purge_texts(submission=submission, keys=form.cleaned_data["texts"], by=signed_in(request))
        messages.success(request, _("The words are gone from this site. Make sure that the concern was handed over."))
        # A change that waited is gone with its words, and with the last of them what was sent.
        is_here = Submission.objects.filter(pk=submission.pk).exists()
        return redirect("safeguarding", submission.pk) if is_here else redirect("checks")
    context = {"submission": submission, "council": submission.council, "form": form}
    return render(request, "moderation/safeguarding.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def suspend_provider(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    submission = to_decide(request, submission_id)
    if submission.provider.listed_at is None:
        raise Http404("Nothing is shown that could be taken down")
    form = ReasonForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        actions.suspend(
            provider=submission.provider,
            council=submission.council,
            by=signed_in(request),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("Taken down. They have been told why."))
        return redirect("check_submission", submission.pk)
    return render(request, "moderation/suspend.html", {"submission": submission, "form": form})


@login_required
@require_POST
def put_provider_back(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    submission = to_decide(request, submission_id)
    actions.put_back(provider=submission.provider, council=submission.council, by=signed_in(request))
    messages.success(request, _("Shown again, and they have been told."))
    return redirect("check_submission", submission.pk)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def to_decide(request: HttpRequest, submission_id: uuid.UUID) -> Submission:
    return get_submission(request.user, str(submission_id), Permission.CHECK_PROVIDERS)
