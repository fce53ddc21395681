""" "Is this you?": a registration that looks like one we have, and what follows from a yes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.introducing import claim_actions
from providers.introducing.access import (
    claims_of,
    get_claim,
    get_registration,
    get_twin,
    people_today,
    said_yes_to,
    to_ask,
)
from providers.introducing.duplicates import Twin
from providers.introducing.forms import ClaimForm, DecideForm, IsThisYouForm
from providers.joining.flow import Walk
from providers.models import Draft, ProviderClaim
from registry.access.getters import get_councils, signed_in
from registry.access.permissions import Permission
from registry.accounts.forms import posted
from registry.models import User

CLAIMS_ON_A_PAGE = 50


def ask_on_the_way(walk: Walk, user: User, sending: bool) -> str:
    """The aside of joining: the address of the question, if there is one to ask. A yes keeps it from being sent."""
    if walk.provider is not None or walk.draft is None or walk.draft.user_id != user.pk:
        return ""
    stops = to_ask(walk, walk.draft, user) or (sending and said_yes_to(walk, walk.draft, user))
    return reverse("is_this_you") if stops else ""


@require_http_methods(["GET", "POST"])
@login_required
def is_this_you(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    found = get_registration(user)
    if found is None:
        return redirect("join_steps")
    walk, draft = found
    twins, ours = to_ask(walk, draft, user), said_yes_to(walk, draft, user)
    if not twins and not ours:
        return redirect(walk.next_address)
    form = IsThisYouForm(posted(request), twins=twins) if twins else None
    if form and request.method == "POST" and form.is_valid():
        return _follow(request, walk, draft, form.chosen(), twins)
    claimed = set(ProviderClaim.objects.filter(user=user, decided_at=None).values_list("provider", flat=True))
    page = {"walk": walk, "form": form, "ours": [(twin, twin.provider.pk in claimed) for twin in ours]}
    return render(request, "introducing/is_this_you.html", page)


def _follow(request: HttpRequest, walk: Walk, draft: Draft, twin: Twin | None, twins: list[Twin]) -> HttpResponse:
    user = signed_in(request)
    if twin is None:
        claim_actions.say_no(draft=draft, providers=[each.provider for each in twins], by=user)
        return redirect(walk.next_address)
    if twin.is_mine:
        claim_actions.go_to_own(draft=draft, provider=twin.provider, by=user)
        messages.success(request, _("This is your listing. We have deleted what you began a second time."))
        return redirect("my_provider", twin.provider.slug)
    if not twin.has_people:
        return redirect("claim_provider", twin.provider.pk)
    claim_actions.ask_owners(draft=draft, provider=twin.provider, by=user)
    messages.success(request, _("We have asked those who run it to add you."))
    return redirect("is_this_you")


@require_POST
@login_required
def another_business(request: HttpRequest, provider_id: uuid.UUID) -> HttpResponse:
    """A yes taken back."""
    walk, draft, provider = get_twin(signed_in(request), provider_id)
    claim_actions.say_no(draft=draft, providers=[provider], by=signed_in(request))
    return redirect(walk.next_address)


@require_http_methods(["GET", "POST"])
@login_required
def claim(request: HttpRequest, provider_id: uuid.UUID) -> HttpResponse:
    """A listing that nobody runs, or whose owners do not answer: the council is asked."""
    walk, draft, provider = get_twin(signed_in(request), provider_id)
    form = ClaimForm(posted(request))
    if request.method == "POST" and provider.home_council.is_on and form.is_valid():
        claim_actions.claim(draft=draft, provider=provider, words=form.cleaned_data["words"], by=signed_in(request))
        messages.success(request, _("The council has been asked. We write to you when it has decided."))
        return redirect("is_this_you")
    page = {"walk": walk, "council": provider.home_council, "form": form}
    return render(request, "introducing/claim.html", page)


@require_GET
@login_required
def claims(request: HttpRequest) -> HttpResponse:
    councils = get_councils(request.user, Permission.CHECK_PROVIDERS)
    page = Paginator(claims_of(councils), CLAIMS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "introducing/claims.html", {"page": page})


@require_http_methods(["GET", "POST"])
@login_required
def decide_claim(request: HttpRequest, claim_id: uuid.UUID) -> HttpResponse:
    found = get_claim(signed_in(request), claim_id)
    form = DecideForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["decision"] == "grant":
                claim_actions.grant(claim=found, by=signed_in(request))
                messages.success(request, _("They own the listing now, and have been told."))
            else:
                claim_actions.refuse(claim=found, reason=form.cleaned_data["reason"], by=signed_in(request))
                messages.success(request, _("Refused. They have been told why."))
        except claim_actions.AlreadyDecidedError:
            messages.info(request, _("This was decided before you, or taken back."))
        return redirect("claims")
    page = {"claim": found, "form": form, "people": people_today(found.provider)}
    return render(request, "introducing/decide_claim.html", page)
