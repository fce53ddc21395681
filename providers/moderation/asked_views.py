"""Providers that ask a further council to list them: what was approved and seen elsewhere, and its yes or no."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.access import get_council_listing, get_submission
from providers.councils import actions
from providers.credentials.actions import CannotRelyError, rely_on
from providers.models import Check, CouncilListing
from providers.moderation.asked import asked_of, seen_elsewhere
from providers.moderation.forms import ReasonForm
from registry.access.getters import councils_where, get_councils, signed_in
from registry.access.permissions import Permission
from registry.models import Council


@login_required
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """Those who ask, of every council for which this person may see it."""
    councils = get_councils(request.user, Permission.SEE_QUEUE)
    context = {"asked": asked_of(councils), "several_councils": councils.count() > 1, "now": timezone.now()}
    return render(request, "moderation/asked.html", context)


@login_required
@require_GET
def asked_one(request: HttpRequest, listing_id: uuid.UUID) -> HttpResponse:
    listing = get_council_listing(request.user, str(listing_id), Permission.SEE_QUEUE)
    may_decide = councils_where(request.user, Permission.CHECK_PROVIDERS).filter(pk=listing.council_id).exists()
    context = {
        "listing": listing,
        "provider": listing.provider,
        "may_decide": may_decide,
        "is_home": listing.council_id == listing.provider.home_council_id,
        "seen": seen_elsewhere(listing, timezone.localdate()),
    }
    return render(request, "moderation/asked_one.html", context)


@login_required
@require_POST
def accept(request: HttpRequest, listing_id: uuid.UUID) -> HttpResponse:
    listing = _to_decide(request, listing_id)
    try:
        actions.accept(listing=listing, by=signed_in(request), now=timezone.now())
    except actions.AlreadyEndedError:
        return _ended(request)
    messages.success(request, _("Listed. Their page says so, and they have been told."))
    return redirect("asked")


@login_required
@require_http_methods(["GET", "POST"])
def say_no(request: HttpRequest, listing_id: uuid.UUID) -> HttpResponse:
    listing = _to_decide(request, listing_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.say_no(listing=listing, by=signed_in(request), reason=reason, now=timezone.now())
        except actions.AlreadyEndedError:
            return _ended(request)
        messages.success(request, _("They have been told why. Other councils' lists stay as they are."))
        return redirect("asked")
    return render(request, "moderation/say_no.html", {"listing": listing, "form": form})


@login_required
@require_POST
def rely_for_asked(request: HttpRequest, listing_id: uuid.UUID, check_id: int) -> HttpResponse:
    listing = _to_decide(request, listing_id)
    _rely(request, get_object_or_404(Check, pk=check_id, credential__provider=listing.provider_id), listing.council)
    return redirect("asked_one", listing.pk)


@login_required
@require_POST
def rely_for_submission(request: HttpRequest, submission_id: uuid.UUID, check_id: int) -> HttpResponse:
    submission = get_submission(request.user, str(submission_id), Permission.CHECK_PROVIDERS)
    check = get_object_or_404(Check, pk=check_id, credential__provider=submission.provider_id)
    _rely(request, check, submission.council)
    return redirect("check_submission", submission.pk)


def _to_decide(request: HttpRequest, listing_id: uuid.UUID) -> CouncilListing:
    return get_council_listing(request.user, str(listing_id), Permission.CHECK_PROVIDERS)


def _rely(request: HttpRequest, check: Check, council: Council) -> None:
    try:
        rely_on(check=check, council=council, by=signed_in(request))
    except CannotRelyError:
        messages.info(request, _("That check cannot be relied on. Look for yourself."))
    else:
        messages.success(request, _("Recorded. Families read who saw it, and that you rely on that."))


def _ended(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("This has ended meanwhile: they took it back, or a colleague answered."))
    return redirect("asked")
