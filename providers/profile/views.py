from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from providers.access import PROVIDER_ROLES, get_provider, providers_of
from providers.confirming.last import confirmed_last
from providers.joining.access import walk_of
from providers.models import Correction, Enquiry, Provider, ProviderMembership
from providers.models.provider_membership import ProviderRole
from providers.profile.changes import changes_of
from providers.profile.credentials import held_by, needs_no_employers_liability
from providers.profile.departure import leave_as_business
from providers.profile.forms import LeaveForm
from providers.profile.state import state_of
from registry.access.permissions import Permission
from registry.models import User


class SignedInRequest(HttpRequest):
    user: User


@require_GET
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """The listing of somebody who has one; the choice, of somebody who has several; else the way to begin."""
    providers = list(providers_of(request.user))
    if not providers:
        return redirect("join")
    if len(providers) == 1:
        return redirect("my_provider", providers[0].slug)
    return render(request, "profile/mine.html", {"providers": providers})


@require_GET
@login_required
def provider(request: SignedInRequest, slug: str) -> HttpResponse:
    found = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    today = timezone.localdate()
    page = {
        "provider": found,
        "state": state_of(found),
        "changes": changes_of(found, timezone.now()),
        "credentials": held_by(found, today),
        "needs_no_employers_liability": needs_no_employers_liability(found),
        "people": _people(found),
        "may_edit": _may(request.user, found, Permission.EDIT_PROVIDER),
        "answers_for_it": _may(request.user, found, Permission.ANSWER_FOR_PROVIDER),
        "confirmed_on": confirmed_last(found),
        "walk": walk_of(found),
        "said_wrong": Correction.objects.waiting().filter(provider=found, answered_at__isnull=True).count(),
        "who_wait": Enquiry.objects.unanswered().filter(provider=found).count(),
    }
    return render(request, "profile/provider.html", page)


@require_GET
@login_required
def sent(request: SignedInRequest, slug: str) -> HttpResponse:
    """After sending: that it arrived, and what happens next."""
    found = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    return render(request, "profile/sent.html", {"provider": found, "state": state_of(found)})


@require_http_methods(["GET", "POST"])
@login_required
def leave(request: SignedInRequest, slug: str) -> HttpResponse:
    """One page says what goes and what stays; the button does it."""
    found = get_provider(request.user, slug, Permission.ANSWER_FOR_PROVIDER)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        leave_as_business(provider=found, by=request.user, now=timezone.now())
        messages.success(request, _("Your listing is gone. We have deleted what it said, and its files."))
        return redirect("home")
    return render(request, "profile/leave.html", {"provider": found, "form": form})


def _may(user: User, provider: Provider, permission: Permission) -> bool:
    membership = ProviderMembership.objects.current().get(user=user, provider=provider)
    return permission in PROVIDER_ROLES[ProviderRole(membership.role)].permissions


def _people(provider: Provider) -> list[dict[str, object]]:
    memberships = ProviderMembership.objects.current().filter(provider=provider).select_related("user")
    return [
        {"user": membership.user, "role": PROVIDER_ROLES[ProviderRole(membership.role)]}
        for membership in memberships.order_by("started_at")
    ]
