"""Telling that something on a provider's page is wrong; the provider's list of that; and the council's decision."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.access import council_that_decides, get_provider, may
from providers.correcting import actions
from providers.correcting.forms import AnswerForm, CloseForm, WrongForm
from providers.models import Correction, Provider
from registry.access.getters import signed_in
from registry.access.limits import seconds_to_wait
from registry.access.permissions import Permission
from registry.models import Council

MOST_AN_HOUR = 10
AN_HOUR = 60 * 60
TOO_MANY = gettext_lazy("That was sent many times from where you are. Please wait an hour, or ring the council.")
HASTY = gettext_lazy("That came very fast. Please look at it once more, and send it again.")
ENOUGH = gettext_lazy("The council knows already that much is wrong here, and is looking at it. Thank you.")


@never_cache
@require_http_methods(["GET", "POST"])
def something_wrong(request: HttpRequest, slug: str) -> HttpResponse:
    provider = _listed(slug)
    form = WrongForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _told(request, provider, form):
        return redirect("something_wrong_told", slug)
    page = {"provider": provider, "council": provider.home_council, "form": form}
    return render(request, "correcting/something_wrong.html", page)


def _told(request: HttpRequest, provider: Provider, form: WrongForm) -> bool:
    if form.opened.is_hasty:
        form.add_error(None, HASTY)
    elif seconds_to_wait(request, "correction", most=MOST_AN_HOUR, seconds=AN_HOUR):
        form.add_error(None, TOO_MANY)
    else:
        try:
            actions.tell(provider=provider, opened=form.opened, **form.cleaned_data)
        except actions.EnoughToldError:
            form.add_error(None, ENOUGH)
    return not form.errors


@require_GET
def told(request: HttpRequest, slug: str) -> HttpResponse:
    provider = _listed(slug)
    return render(request, "correcting/told.html", {"provider": provider, "council": provider.home_council})


@login_required
@require_GET
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said to be wrong. Not who said it, and the words only once the council has read them."""
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    rows = Correction.objects.filter(provider=provider, purged_at__isnull=True)
    may_edit = may(request.user, provider, Permission.EDIT_PROVIDER)
    return render(request, "correcting/mine.html", {"provider": provider, "rows": rows, "may_edit": may_edit})


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str, correction_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    correction = get_object_or_404(Correction, pk=correction_id, provider=provider, purged_at__isnull=True)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(correction=correction, by=signed_in(request), **form.cleaned_data)
        except actions.TooLateError:
            messages.info(request, _("This is closed, or was answered, already."))
        else:
            messages.success(request, _("Thank you. Your council reads it and closes it."))
        return redirect("my_corrections", slug)
    return render(request, "correcting/answer.html", {"provider": provider, "correction": correction, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, correction_id: uuid.UUID) -> HttpResponse:
    correction, council = _to_decide(request, correction_id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(correction=correction, by=signed_in(request), **form.cleaned_data)
        except actions.TooLateError:
            return _closed(request)
        messages.success(request, _("Closed."))
        return redirect("public_words")
    page = {"correction": correction, "provider": correction.provider, "council": council, "form": form}
    return render(request, "correcting/check.html", page)


@login_required
@require_POST
def pass_on(request: HttpRequest, correction_id: uuid.UUID) -> HttpResponse:
    correction, _council = _to_decide(request, correction_id)
    try:
        actions.pass_on(correction=correction, by=signed_in(request))
    except actions.TooLateError:
        return _closed(request)
    messages.success(request, _("The provider can read the words now, and has been told."))
    return redirect("check_correction", correction.pk)


@login_required
@require_http_methods(["GET", "POST"])
def safeguarding(request: HttpRequest, correction_id: uuid.UUID) -> HttpResponse:
    """Whom to tell of a worry that somebody typed here, and how to take it out (rule 16)."""
    correction, council = _to_decide(request, correction_id)
    if request.method == "POST":
        actions.hand_over(correction=correction, by=signed_in(request))
        messages.success(request, _("The words are gone from this site. Make sure that the concern was handed over."))
        return redirect("public_words")
    back = reverse("check_correction", args=[correction.pk])
    return render(request, "correcting/safeguarding.html", {"correction": correction, "council": council, "back": back})


def _listed(slug: str) -> Provider:
    listed = Provider.listed.select_related("home_council").defer("home_council__boundary")
    return get_object_or_404(listed, slug=slug)


def _to_decide(request: HttpRequest, correction_id: uuid.UUID) -> tuple[Correction, Council]:
    correction = get_object_or_404(Correction.objects.select_related("provider", "closed_by"), pk=correction_id)
    return correction, council_that_decides(request.user, correction.provider)


def _closed(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("A colleague has closed it meanwhile."))
    return redirect("public_words")
