"""The pages on which a council reads a recommendation or a reply and decides."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from providers.access import council_that_decides
from providers.models import Recommendation, RecommendationReply
from providers.models.recommendation import PublicDecision
from providers.recommending import deciding
from providers.recommending.forms import DecideForm
from registry.access.getters import signed_in
from registry.models import Council


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, recommendation_id: uuid.UUID) -> HttpResponse:
    said, council = _recommendation(request, recommendation_id)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = signed_in(request)
        try:
            if form.cleaned_data["outcome"] == PublicDecision.SHOWN:
                deciding.show(recommendation=said, by=by)
            else:
                deciding.refuse(recommendation=said, reason=form.cleaned_data["reason"], by=by)
        except deciding.AlreadyDecidedError:
            return _quicker(request)
        messages.success(request, _("Decided. Its writer has been told."))
        return redirect("public_words")
    page = {"said": said, "provider": said.provider, "council": council, "form": form}
    return render(request, "recommending/decide.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def decide_reply(request: HttpRequest, reply_id: uuid.UUID) -> HttpResponse:
    reply, council = _reply(request, reply_id)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = signed_in(request)
        try:
            if form.cleaned_data["outcome"] == PublicDecision.SHOWN:
                deciding.show_reply(reply=reply, by=by)
            else:
                deciding.refuse_reply(reply=reply, reason=form.cleaned_data["reason"], by=by)
        except deciding.AlreadyDecidedError:
            return _quicker(request)
        messages.success(request, _("Decided. The provider has been told."))
        return redirect("public_words")
    said = reply.recommendation
    page = {"said": said, "reply": reply, "provider": said.provider, "council": council, "form": form}
    return render(request, "recommending/decide.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def safeguarding(request: HttpRequest, recommendation_id: uuid.UUID) -> HttpResponse:
    said, council = _recommendation(request, recommendation_id)
    if request.method == "POST":
        deciding.hand_over(recommendation=said, by=signed_in(request))
        return _handed_over(request)
    back = reverse("decide_recommendation", args=[said.pk])
    texts = [said.went_well, said.went_badly, said.signed_as]
    return _safeguarding(request, texts, back, council)


@login_required
@require_http_methods(["GET", "POST"])
def safeguarding_reply(request: HttpRequest, reply_id: uuid.UUID) -> HttpResponse:
    reply, council = _reply(request, reply_id)
    if request.method == "POST":
        deciding.hand_over_reply(reply=reply, by=signed_in(request))
        return _handed_over(request)
    return _safeguarding(request, [reply.words], reverse("decide_reply", args=[reply.pk]), council)


def _safeguarding(request: HttpRequest, texts: list[str], back: str, council: Council) -> HttpResponse:
    page = {"texts": [text for text in texts if text], "council": council, "back": back}
    return render(request, "recommending/safeguarding.html", page)


def _handed_over(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("The words are gone from this site. Make sure that the concern was handed over."))
    return redirect("public_words")


def _quicker(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("This was decided, or taken back, meanwhile."))
    return redirect("public_words")


def _recommendation(request: HttpRequest, recommendation_id: uuid.UUID) -> tuple[Recommendation, Council]:
    rows = Recommendation.objects.select_related("provider", "decided_by")
    said = get_object_or_404(rows, pk=recommendation_id)
    return said, council_that_decides(request.user, said.provider)


def _reply(request: HttpRequest, reply_id: uuid.UUID) -> tuple[RecommendationReply, Council]:
    rows = RecommendationReply.objects.select_related("recommendation__provider", "decided_by")
    reply = get_object_or_404(rows, pk=reply_id)
    return reply, council_that_decides(request.user, reply.recommendation.provider)
