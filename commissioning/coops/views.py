from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from commissioning.access import get_requirement
from commissioning.coops.explain import answer_for, left_out_words
from commissioning.coops.forms import CoopForm
from commissioning.coops.gather import gather
from commissioning.models import Lot, Requirement
from registry.access.getters import signed_in
from registry.access.limits import may_ask
from registry.access.permissions import Permission

# A team takes seconds of a core where the field is wide.
TEAMS_A_MINUTE = 20


@login_required
@require_GET
@never_cache
def requirement_coop(request: HttpRequest, reference: str) -> HttpResponse:
    """The team that covers every lot, hour by hour."""
    requirement = get_requirement(request.user, reference, Permission.SEE_REQUIREMENTS)
    return coop_page(request, requirement, None)


@login_required
@require_GET
@never_cache
def lot_coop(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The team that covers one lot."""
    requirement = get_requirement(request.user, reference, Permission.SEE_REQUIREMENTS)
    return coop_page(request, requirement, get_object_or_404(requirement.lots, number=number))


def coop_page(request: HttpRequest, requirement: Requirement, lot: Lot | None) -> HttpResponse:
    """The form, and below it the answer once something was asked. Reads only: `explain` says why nothing is kept."""
    asked = bool(request.GET)
    form = CoopForm(request.GET) if asked else CoopForm()
    if asked and form.is_valid() and not may_ask(signed_in(request), "coop", most=TEAMS_A_MINUTE):
        return render(request, "commissioning/coop_wait.html", {"requirement": requirement}, status=429)
    lots = requirement.lots.select_related("category").prefetch_related("times")
    chosen = [one for one in lots if lot is None or one.pk == lot.pk]
    for one in chosen:
        one.requirement = requirement
    gathered = gather(requirement, chosen, timezone.localdate())
    answer = answer_for(gathered, form.applied_to(gathered.task)) if asked and form.is_valid() else None
    context = {
        "requirement": requirement,
        "lot": lot,
        "form": form,
        "gathered": gathered,
        "left_out": [(left_out_words(one), ", ".join(one.names)) for one in gathered.left_out],
        "answer": answer,
    }
    return render(request, "commissioning/coop.html", context)
