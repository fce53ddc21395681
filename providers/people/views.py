"""The people of a provider: who they are, letting somebody in, changing and ending a part, handing over."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.access import PROVIDER_ROLES, get_provider
from providers.models import ProviderInvitation
from providers.models.provider_membership import ProviderRole
from providers.people import actions
from providers.people.access import (
    could_take_over,
    get_membership,
    is_only_owner,
    manages_people,
    my_part,
    people_of,
)
from providers.people.forms import HandOverForm, InviteForm, RoleForm
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.accounts.forms import posted
from registry.accounts.rules import InvitationState, Refused, same_address
from registry.models import User


@require_GET
@login_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    mine = my_part(provider, signed_in(request))
    manages = manages_people(mine)
    invitations = ProviderInvitation.objects.open_at(timezone.now()).filter(provider=provider).order_by("-created_at")
    everyone = people_of(provider)
    page = {
        "provider": provider,
        "people": [(person, PROVIDER_ROLES[ProviderRole(person.role)].sentence) for person in everyone],
        "invitations": invitations if manages else [],
        "manages": manages,
        "mine": mine,
        "may_hand_over": manages and bool(could_take_over(mine, everyone)),
    }
    return render(request, "people/people.html", page)


@require_http_methods(["GET", "POST"])
@login_required
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.MANAGE_PROVIDER_PEOPLE)
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            actions.invite(provider=provider, email=email, role=form.chosen_role(), by=signed_in(request))
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("We have sent the invitation to %(email)s.") % {"email": email})
            return redirect("provider_people", slug)
    return render(request, "people/invite.html", {"provider": provider, "form": form})


@require_POST
@login_required
def withdraw(request: HttpRequest, slug: str, invitation_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.MANAGE_PROVIDER_PEOPLE)
    invitation = get_object_or_404(ProviderInvitation, pk=invitation_id, provider=provider)
    actions.withdraw(invitation=invitation, by=signed_in(request))
    messages.success(request, _("The invitation has been withdrawn. Its link no longer works."))
    return redirect("provider_people", slug)


@require_http_methods(["GET", "POST"])
@login_required
def change_role(request: HttpRequest, slug: str, membership_id: int) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.MANAGE_PROVIDER_PEOPLE)
    membership = get_membership(provider, membership_id)
    form = RoleForm(posted(request), initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(membership=membership, role=form.chosen_role(), by=signed_in(request))
        except Refused as refused:
            form.add_error("role", str(refused))
        else:
            messages.success(request, _("Saved. It counts from now on."))
            return redirect("provider_people", slug)
    return render(request, "people/role.html", {"provider": provider, "membership": membership, "form": form})


@require_http_methods(["GET", "POST"])
@login_required
def end(request: HttpRequest, slug: str, membership_id: int) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.MANAGE_PROVIDER_PEOPLE)
    membership = get_membership(provider, membership_id)
    if membership.user_id == signed_in(request).pk:
        return redirect("leave_provider", slug)
    if request.method == "POST":
        actions.end_membership(membership=membership, by=signed_in(request))
        messages.success(request, _("Done. They can no longer open anything of this listing."))
        return redirect("provider_people", slug)
    return render(request, "people/end.html", {"provider": provider, "membership": membership})


@require_http_methods(["GET", "POST"])
@login_required
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.MANAGE_PROVIDER_PEOPLE)
    user = signed_in(request)
    form = HandOverForm(posted(request), others=could_take_over(my_part(provider, user), people_of(provider)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(provider=provider, to=form.chosen(), by=user, stays=form.stays)
        except Refused as refused:
            form.add_error("to", str(refused))
        else:
            messages.success(request, _("%(who)s owns the listing now.") % {"who": form.chosen().user})
            return redirect("provider_people", slug) if form.stays else redirect("home")
    return render(request, "people/hand_over.html", {"provider": provider, "form": form})


@require_http_methods(["GET", "POST"])
@login_required
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own part. The only owner is told how to hand over, or how to take the whole business off."""
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    mine = my_part(provider, signed_in(request))
    everyone = people_of(provider)
    stuck = is_only_owner(mine, everyone)
    if request.method == "POST" and not stuck:
        actions.end_membership(membership=mine, by=signed_in(request))
        messages.success(request, _("You no longer help to run %(provider)s.") % {"provider": provider.name})
        return redirect("home")
    page = {"provider": provider, "is_only_owner": stuck, "others": could_take_over(mine, everyone)}
    return render(request, "people/leave.html", page)


@require_http_methods(["GET", "POST"])
@never_cache
def invitation(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Opening the link changes nothing, because mail scanners open links too; the button does."""
    invited = get_object_or_404(ProviderInvitation.objects.select_related("provider"), pk=invitation_id)
    user = request.user if isinstance(request.user, User) else None
    state = actions.state_of(invited, timezone.now())
    sentence = PROVIDER_ROLES[ProviderRole(invited.role)].sentence
    page = {"invitation": invited, "state": state, "sentence": sentence, "has_left": invited.provider.left_at}
    if state is not InvitationState.OPEN and not (user and actions.membership_from(invited, user)):
        return render(request, "people/invitation_ended.html", page, status=410)
    if user is None:
        return render(request, "people/invitation_sign_in.html", page)
    if not same_address(invited.email, user.email):
        return render(request, "people/invitation_not_yours.html", page, status=403)
    if request.method == "POST":
        actions.accept(invitation=invited, by=user)
        messages.success(request, _("You now help to run %(provider)s.") % {"provider": invited.provider.name})
        return redirect("my_provider", invited.provider.slug)
    return render(request, "people/invitation.html", page)
