"""What a council's administrators do: people, invitations, settings, and reading what was done."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from registry.access.getters import get_council, signed_in
from registry.access.permissions import Permission
from registry.accounts import council_actions
from registry.accounts.council_forms import CouncilSettingsForm, InviteForm
from registry.accounts.forms import posted
from registry.accounts.rules import Refused
from registry.audit.sentences import sentence
from registry.audit.targets import named
from registry.models import AuditEvent, CouncilInvitation, CouncilMembership

EVENTS_ON_A_PAGE = 50


@require_GET
@login_required
def council(request: HttpRequest, code: str) -> HttpResponse:
    found = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    context = {"council": found, "people": found.memberships.current().values("user").distinct().count()}
    return render(request, "accounts/council.html", context)


@require_GET
@login_required
def council_people(request: HttpRequest, code: str) -> HttpResponse:
    found = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    context = {
        "council": found,
        "memberships": found.memberships.current().select_related("user").order_by("user__name", "role"),
        "invitations": found.invitations.open_at(timezone.now()).order_by("-created_at"),
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def council_invite(request: HttpRequest, code: str) -> HttpResponse:
    found = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        council_actions.invite(council=found, email=email, role=form.chosen_role(), by=signed_in(request))
        messages.success(request, _("We have sent the invitation to %(email)s.") % {"email": email})
        return redirect("council_people", code=found.pk)
    return render(request, "accounts/invite.html", {"council": found, "form": form})


@require_POST
@login_required
def council_withdraw(request: HttpRequest, code: str, invitation_id: uuid.UUID) -> HttpResponse:
    found = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    invitation = get_object_or_404(CouncilInvitation, pk=invitation_id, council=found)
    council_actions.withdraw(invitation=invitation, by=signed_in(request))
    messages.success(request, _("The invitation has been withdrawn. Its link no longer works."))
    return redirect("council_people", code=found.pk)


@require_http_methods(["GET", "POST"])
@login_required
def council_end(request: HttpRequest, code: str, membership_id: int) -> HttpResponse:
    found = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    people = CouncilMembership.objects.current().select_related("user", "council")
    membership = get_object_or_404(people, pk=membership_id, council=found)
    refusal = ""
    if request.method == "POST":
        try:
            council_actions.end_membership(membership=membership, by=signed_in(request))
        except Refused as refused:
            refusal = str(refused)
        else:
            # An administrator who ended their own part may no longer see the council's people.
            if membership.user_id == request.user.pk:
                return redirect("account")
            return redirect("council_people", code=found.pk)
    context = {"council": found, "membership": membership, "refusal": refusal}
    return render(request, "accounts/end_membership.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def council_settings(request: HttpRequest, code: str) -> HttpResponse:
    found = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    before = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    form = CouncilSettingsForm(posted(request), instance=found)
    if request.method == "POST" and form.is_valid():
        council_actions.change_council(council=before, changes=form.cleaned_data, by=signed_in(request))
        messages.success(request, _("The settings have been saved."))
        return redirect("council", code=before.pk)
    return render(request, "accounts/settings.html", {"council": before, "form": form})


@require_GET
@login_required
def council_audit(request: HttpRequest, code: str) -> HttpResponse:
    found = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    events = AuditEvent.objects.filter(council_code=found.pk).select_related("by").order_by("-at", "-pk")
    page = Paginator(events, EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    told = [
        {
            "event": event,
            "sentence": sentence(event.verb),
            "about": about,
            "fields": [field.replace("_", " ") for field in event.fields],
        }
        for event, about in named(page)
    ]
    return render(request, "accounts/audit.html", {"council": found, "page": page, "told": told})
