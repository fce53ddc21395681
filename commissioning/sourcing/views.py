from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from commissioning.access import get_requirement, may
from commissioning.models import Lot, Requirement
from commissioning.sourcing import actions
from commissioning.sourcing.field import assess_lot
from commissioning.sourcing.forms import ShortlistForm
from commissioning.sourcing.shown import shown_effects, shown_field
from registry.access.getters import signed_in
from registry.access.permissions import Permission


def get_lot(requirement: Requirement, number: int) -> Lot:
    lot = get_object_or_404(Lot.objects.select_related("category"), requirement=requirement, number=number)
    lot.requirement = requirement
    return lot


@login_required
@require_GET
def lot_field(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The whole field of one lot: who fits, of whom it is not known, who does not yet, and what keeps each."""
    requirement = get_requirement(request.user, reference, Permission.SEE_REQUIREMENTS)
    lot = get_lot(requirement, number)
    field = assess_lot(lot, timezone.localdate())
    return render(
        request,
        "commissioning/lot_field.html",
        {
            "requirement": requirement,
            "lot": lot,
            "groups": shown_field(field),
            "field": field,
            "effects": shown_effects(field),
            "shortlisted": {str(pk) for pk in lot.shortlist.values_list("service_id", flat=True)},
            "may_write": not requirement.is_locked
            and may(request.user, requirement.council_id, Permission.WRITE_REQUIREMENTS),
        },
    )


@login_required
@require_POST
def change_shortlist(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put one service on the shortlist, or take it off."""
    requirement = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    lot = get_lot(requirement, number)
    form = ShortlistForm(request.POST)
    if not form.is_valid():
        raise Http404("No such service")
    change = actions.take_off_shortlist if "off" in request.POST else actions.shortlist
    try:
        change(by=signed_in(request), lot=lot, service=form.cleaned_data["service"])
    except actions.ClosedError:
        messages.info(request, _("The summary is locked, so the shortlist stays as it was."))
    # Back to the same card: the field may be dozens of them long.
    return redirect(f"{reverse('lot_field', args=[reference, number])}#service-{form.cleaned_data['service'].pk}")
