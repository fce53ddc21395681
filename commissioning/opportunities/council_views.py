"""The council's side until it closes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.access import get_requirement, may
from commissioning.models import Opportunity, OpportunityVersion, Requirement
from commissioning.opportunities import actions, rules
from commissioning.opportunities.access import get_opportunity, get_question
from commissioning.opportunities.council_page import page_of
from commissioning.opportunities.forms import AnswerForm, ChangeForm, FormalRouteForm, PublishForm
from commissioning.opportunities.frozen import frozen
from commissioning.opportunities.rules import Lacks
from commissioning.opportunities.shown import part_words, published
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.accounts.forms import posted

LACKS_WORDS = {
    Lacks.LOTS: gettext_lazy("Add at least one lot."),
    Lacks.CLOSES: gettext_lazy("Say by what moment answers must be in."),
    Lacks.CLOSES_LATER: gettext_lazy("The last moment for answers has passed: choose a later one."),
    Lacks.QUESTIONS_FIRST: gettext_lazy("The last moment for questions must come before that for answers."),
}


def missing(requirement: Requirement) -> list[str]:
    found = rules.lacks(
        lots=requirement.lots.count(),
        closes_at=requirement.closes_at,
        questions_until=requirement.questions_until,
        now=timezone.now(),
    )
    return [str(LACKS_WORDS[one]) for one in found]


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks once: what everybody will see stands on the page, as they will see it."""
    requirement = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    if Opportunity.objects.filter(requirement=requirement).exists():
        return redirect("council_opportunity", reference)
    form, lacking = PublishForm(posted(request)), missing(requirement)
    if request.method == "POST" and not lacking and form.is_valid():
        actions.publish(by=signed_in(request), requirement=requirement, way=form.way(), now=timezone.now())
        messages.success(request, _("Published. Providers who could do it are being written to."))
        return redirect("council_opportunity", reference)
    context = {"requirement": requirement, "form": form, "missing": lacking}
    if not lacking:
        context |= published(would_be(requirement))
    return render(request, "opportunities/publish.html", context)


def would_be(requirement: Requirement) -> OpportunityVersion:
    """What would be published now, not saved."""
    facts = frozen(requirement, kind="sounding", formal_url="", formal_note="")
    return OpportunityVersion(number=1, facts=facts, published_at=timezone.now())


@login_required
@require_GET
def opportunity(request: HttpRequest, reference: str) -> HttpResponse:
    """Where it stands: what was asked, who spoke up once that may be read, what came of it."""
    found = get_opportunity(request.user, reference, Permission.SEE_REQUIREMENTS)
    may_write = may(request.user, found.council_id, Permission.WRITE_REQUIREMENTS)
    return render(request, "opportunities/council.html", {**page_of(found, timezone.now()), "may_write": may_write})


@login_required
@require_http_methods(["GET", "POST"])
def publish_again(request: HttpRequest, reference: str) -> HttpResponse:
    """What was changed since, and a word on why: a dated change that all can read."""
    found = get_opportunity(request.user, reference, Permission.WRITE_REQUIREMENTS)
    form, lacking = ChangeForm(posted(request)), missing(found.requirement)
    if request.method == "POST" and not lacking and form.is_valid():
        note = form.cleaned_data["note"]
        try:
            actions.publish_again(by=signed_in(request), opportunity=found, note=note, now=timezone.now())
            messages.success(request, _("Published. Everybody who is writing an answer is told."))
        except actions.OverError:
            messages.info(request, _("It has closed: what was published stays as it is."))
        return redirect("council_opportunity", reference)
    newest = found.versions.latest("number")
    words = {"kind": found.kind, "formal_url": found.formal_url, "formal_note": found.formal_note}
    parts = part_words(newest.facts, frozen(found.requirement, **words))
    page = {"requirement": found.requirement, "form": form, "missing": lacking, "parts": parts}
    return render(request, "opportunities/publish_again.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def formal_route(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_opportunity(request.user, reference, Permission.WRITE_REQUIREMENTS)
    form = FormalRouteForm(posted(request), initial=FormalRouteForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        url, note = form.cleaned_data["formal_url"], form.cleaned_data["formal_note"]
        actions.set_formal_route(by=signed_in(request), opportunity=found, url=url, note=note, now=timezone.now())
        messages.success(request, _("Saved, and on the public page."))
        return redirect("council_opportunity", reference)
    return render(request, "opportunities/formal_route.html", {"requirement": found.requirement, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, reference: str, question_id: uuid.UUID) -> HttpResponse:
    found = get_opportunity(request.user, reference, Permission.WRITE_REQUIREMENTS)
    question = get_question(found, question_id)
    form = AnswerForm(posted(request), initial=AnswerForm.initial_of(question))
    if request.method == "POST" and form.is_valid():
        actions.answer(by=signed_in(request), question=question, **form.cleaned_data)
        messages.success(request, _("Question and answer are on the public page."))
        return redirect("council_opportunity", reference)
    page = {"requirement": found.requirement, "question": question, "form": form}
    return render(request, "opportunities/answer.html", page)
