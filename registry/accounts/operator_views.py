"""What operators do: switch councils on and off, and invite each one's first administrator."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from registry.access.getters import get_any_council, refuse_unless_operator, signed_in
from registry.accounts import council_actions
from registry.accounts.council_forms import FindCouncilForm, InviteAdministratorForm
from registry.accounts.forms import posted
from registry.models import Council
from registry.models.council_membership import CouncilRole

COUNCILS_ON_A_PAGE = 50
ADMINISTRATORS = Count("memberships", filter=Q(memberships__ended_at=None, memberships__role=CouncilRole.ADMINISTRATOR))


@require_GET
@login_required
def operator(request: HttpRequest) -> HttpResponse:
    refuse_unless_operator(request.user)
    form = FindCouncilForm(request.GET)
    councils = Council.objects.defer("boundary").annotate(administrators=ADMINISTRATORS).order_by("name")
    if form.is_valid():
        councils = councils.filter(name__icontains=form.cleaned_data["q"])
        if form.cleaned_data["on"]:
            councils = councils.switched_on()
    page = Paginator(councils, COUNCILS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/operator.html", {"form": form, "page": page})


@require_GET
@login_required
def operator_council(request: HttpRequest, code: str) -> HttpResponse:
    council = get_any_council(request.user, code)
    context = {
        "council": council,
        "administrators": council.memberships.current()
        .filter(role=CouncilRole.ADMINISTRATOR)
        .select_related("user")
        .order_by("user__name"),
        "invitations": council.invitations.open_at(timezone.now()).filter(role=CouncilRole.ADMINISTRATOR),
    }
    return render(request, "accounts/operator_council.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def operator_switch(request: HttpRequest, code: str) -> HttpResponse:
    """A page that says what will happen, and a button that says which way, so that two clicks do not undo it."""
    council = get_any_council(request.user, code)
    if request.method == "POST":
        if request.POST.get("to") == "on":
            council_actions.switch_on_council(council=council, today=timezone.localdate(), by=signed_in(request))
            messages.success(request, _("%(council)s is switched on.") % {"council": council})
        elif request.POST.get("to") == "off":
            council_actions.switch_off_council(council=council, by=signed_in(request))
            messages.success(request, _("%(council)s is switched off.") % {"council": council})
        return redirect("operator_council", code=council.pk)
    return render(request, "accounts/operator_switch.html", {"council": council})


@require_http_methods(["GET", "POST"])
@login_required
def operator_invite(request: HttpRequest, code: str) -> HttpResponse:
    council = get_any_council(request.user, code)
    form = InviteAdministratorForm(posted(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        council_actions.invite(council=council, email=email, role=CouncilRole.ADMINISTRATOR, by=signed_in(request))
        messages.success(request, _("We have sent the invitation to %(email)s.") % {"email": email})
        return redirect("operator_council", code=council.pk)
    return render(request, "accounts/operator_invite.html", {"council": council, "form": form})
