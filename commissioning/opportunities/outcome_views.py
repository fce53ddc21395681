"""The council's side once it has closed: the answers, a word to each, an outcome for each lot, then telling all."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning.access import may
from commissioning.models import Interest, Opportunity
from commissioning.opportunities import outcome_actions, rules
from commissioning.opportunities.access import get_opportunity, get_sent
from commissioning.opportunities.forms import FeedbackForm, OutcomeForm, StopForm
from commissioning.opportunities.interest_page import lots_shown
from commissioning.opportunities.moments import moments
from commissioning.opportunities.rules import Stage
from commissioning.opportunities.shown import moment_words
from commissioning.opportunities.written import facts_of, name_of
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.accounts.forms import posted

# Between the closing moment and telling everybody.
TO_BE_DECIDED = (Stage.CLOSED, Stage.STOPPED)


@login_required
@require_GET
def sent_interest(request: HttpRequest, reference: str, interest_id: uuid.UUID) -> HttpResponse:
    """One answer as it was sent."""
    found = get_opportunity(request.user, reference, Permission.SEE_REQUIREMENTS)
    interest = readable(found, interest_id)
    answer = interest.answer or {}
    stage = rules.stage(moments(found), timezone.now())
    page = {
        "requirement": found.requirement,
        "interest": interest,
        "answer": answer,
        "name": name_of(answer),
        "lots": lots_shown(answer),
        "sent": moment_words(interest.sent_at),
        "may_write": stage in TO_BE_DECIDED and may(request.user, found.council_id, Permission.WRITE_REQUIREMENTS),
    }
    return render(request, "opportunities/sent_interest.html", page)


def readable(found: Opportunity, interest_id: uuid.UUID) -> Interest:
    """Sealed, an answer is there for nobody yet."""
    if not rules.may_read_answers(moments(found), timezone.now()):
        raise Http404("Sealed until it closes")
    return get_sent(found, interest_id)


@login_required
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, reference: str, interest_id: uuid.UUID) -> HttpResponse:
    """What the council tells those who gave one answer, and nobody else."""
    found = get_opportunity(request.user, reference, Permission.WRITE_REQUIREMENTS)
    interest = readable(found, interest_id)
    form = FeedbackForm(posted(request), initial={"words": interest.feedback})
    if request.method == "POST" and form.is_valid():
        try:
            outcome_actions.give_feedback(by=signed_in(request), interest=interest, words=form.cleaned_data["words"])
            messages.success(request, _("Saved. They read it when you tell everybody what came of it."))
        except outcome_actions.TooEarlyError:
            messages.info(request, _("It is still open: they may change it. Write this once it has closed."))
        except outcome_actions.ToldError:
            messages.info(request, _("Everybody has been told, so this stays as it is."))
        return redirect("council_opportunity", reference)
    page = {"requirement": found.requirement, "name": name_of(interest.answer or {}), "form": form}
    return render(request, "opportunities/feedback.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def lot_outcome(request: HttpRequest, reference: str, lot: int) -> HttpResponse:
    found = get_opportunity(request.user, reference, Permission.WRITE_REQUIREMENTS)
    published = next((one for one in facts_of(found)["lots"] if one["id"] == lot), None)
    if published is None:
        raise Http404("No such lot was published")
    if rules.stage(moments(found), timezone.now()) not in TO_BE_DECIDED:
        messages.info(request, _("What came of it can be written once it has closed, until everybody is told."))
        return redirect("council_opportunity", reference)
    sent = list(found.interests.sent())
    initial = OutcomeForm.initial_of(found.outcomes.filter(lot_key=lot).first())
    form = OutcomeForm(posted(request), sent=sent, initial=initial)
    if request.method == "POST" and form.is_valid():
        outcome_actions.record_outcome(by=signed_in(request), opportunity=found, lot=lot, outcome=form.outcome())
        return redirect("council_opportunity", reference)
    return render(
        request, "opportunities/outcome.html", {"requirement": found.requirement, "lot": published, "form": form}
    )


@login_required
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_opportunity(request.user, reference, Permission.WRITE_REQUIREMENTS)
    form = StopForm(posted(request))
    if request.method == "POST" and form.is_valid():
        why, today = form.cleaned_data["why"], timezone.localdate()
        try:
            outcome_actions.stop(by=signed_in(request), opportunity=found, why=why, today=today)
            messages.success(request, _("Stopped. Now tell those who spoke up: write a word to each."))
        except outcome_actions.ToldError:
            messages.info(request, _("Everybody has been told what came of it already."))
        return redirect("council_opportunity", reference)
    return render(request, "opportunities/stop.html", {"requirement": found.requirement, "form": form})


@login_required
@require_POST
def tell(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_opportunity(request.user, reference, Permission.WRITE_REQUIREMENTS)
    try:
        outcome_actions.tell_all(by=signed_in(request), opportunity=found)
        messages.success(request, _("All who spoke up are told, and the public page says what came of it."))
    except outcome_actions.TooEarlyError:
        messages.info(request, _("It is still open."))
    except outcome_actions.UnfinishedError:
        messages.info(request, _("Not told yet: each lot needs an outcome, and each answer a word from you."))
    return redirect("council_opportunity", reference)
