"""A person's own account, and an invitation to a council."""

from __future__ import annotations

import uuid

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from registry.access.getters import signed_in
from registry.accounts import actions, council_actions
from registry.accounts.forms import LeaveForm, NameForm, posted
from registry.accounts.rules import InvitationState, Refused, same_address
from registry.accounts.second_factor import standing
from registry.models import CouncilInvitation, User
from registry.site import account_links


@require_GET
@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    context = {
        "roles": user.council_memberships.filter(ended_at=None).select_related("council").order_by("council__name"),
        "factors": Authenticator.objects.filter(user=user).order_by("created_at"),
        "stands": standing(user),
        "links": account_links(),
    }
    return render(request, "accounts/account.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def account_name(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = NameForm(posted(request), initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename(user=user, name=form.cleaned_data["name"], by=user)
        return redirect("account")
    return render(request, "accounts/name.html", {"form": form})


@require_http_methods(["GET", "POST"])
@login_required
def account_leave(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = LeaveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(user=user, by=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            logout(request)
            messages.success(request, _("Your account is closed. We have deleted your name and email address."))
            return redirect("/")
    return render(request, "accounts/leave.html", {"form": form})


@require_http_methods(["GET", "POST"])
@never_cache
def invitation(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Opening the link changes nothing, because mail scanners open links too; the button does."""
    invited = get_object_or_404(CouncilInvitation.objects.select_related("council"), pk=invitation_id)
    user = request.user if isinstance(request.user, User) else None
    state = council_actions.state_of(invited, timezone.now())
    context = {"invitation": invited, "state": state}
    if state is not InvitationState.OPEN and not (user and council_actions.membership_from(invited, user)):
        return render(request, "accounts/invitation_ended.html", context, status=410)
    if user is None:
        return render(request, "accounts/invitation_sign_in.html", context)
    if not same_address(invited.email, user.email):
        return render(request, "accounts/invitation_not_yours.html", context, status=403)
    if request.method == "POST":
        membership = council_actions.accept(invitation=invited, by=user)
        messages.success(request, _("You have joined %(council)s.") % {"council": membership.council})
        return redirect("/")
    return render(request, "accounts/invitation.html", context)
