from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.access import get_requirement, may
from commissioning.models import Lot, Requirement
from commissioning.models.requirement import new_reference
from commissioning.requirements import actions, forms
from commissioning.requirements.overview import overview, with_figures
from registry.access.getters import councils_where, get_councils, signed_in
from registry.access.permissions import Permission

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def writing(view: View[Arguments]) -> View[Arguments]:
    """A view that changes a requirement: once its summary is locked it says so and leads there."""

    @login_required
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except actions.AlreadyLockedError:
            messages.info(request, _("The summary is locked, so this can no longer change."))
            return redirect("requirement", kwargs["reference"])

    return cast(View[Arguments], guarded)


@login_required
@require_GET
def requirement_list(request: HttpRequest) -> HttpResponse:
    """The council's requirements and its locked summaries."""
    councils = get_councils(request.user, Permission.SEE_REQUIREMENTS)
    requirements = Requirement.objects.filter(council__in=councils).select_related("council", "summary", "created_by")
    context = {
        "requirements": [requirement for requirement in requirements if not requirement.is_locked],
        "locked": [requirement for requirement in requirements if requirement.is_locked],
        "may_write": councils_where(request.user, Permission.WRITE_REQUIREMENTS).exists(),
    }
    return render(request, "commissioning/requirement_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def start_requirement(request: HttpRequest) -> HttpResponse:
    councils = get_councils(request.user, Permission.WRITE_REQUIREMENTS)
    initial = {"reference": new_reference(), "council": councils.first()}
    form = forms.StartForm(request.POST or None, councils=councils, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        facts = {name: typed[name] for name in forms.ABOUT_FIELDS}
        requirement = actions.start_requirement(
            by=signed_in(request), council=typed["council"], reference=typed["reference"], facts=facts
        )
        return redirect("requirement", requirement.reference)
    return render(request, "commissioning/start.html", {"form": form})


@login_required
@require_GET
def requirement(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the parts of a requirement stand, and the way to each."""
    found = get_requirement(request.user, reference, Permission.SEE_REQUIREMENTS)
    writes = may(request.user, found.council_id, Permission.WRITE_REQUIREMENTS)
    shown = overview(found)
    if not found.is_locked:
        shown = with_figures(shown, timezone.localdate())
    page = {**shown, "writes": writes, "may_write": writes and not found.is_locked}
    return render(request, "commissioning/requirement.html", page)


@writing
def requirement_about(request: HttpRequest, reference: str) -> HttpResponse:
    return part_page(request, reference, forms.AboutForm, "commissioning/about.html")


@writing
def requirement_openness(request: HttpRequest, reference: str) -> HttpResponse:
    return part_page(request, reference, forms.OpennessForm, "commissioning/openness.html")


def part_page(
    request: HttpRequest, reference: str, part: type[forms.AboutForm] | type[forms.OpennessForm], template: str
) -> HttpResponse:
    """One part of a requirement's own facts: show it as it is, or write what was sent."""
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    form = part(request.POST or None, initial=part.initial_of(found))
    if request.method == "POST" and form.is_valid():
        actions.change_requirement(by=signed_in(request), requirement=found, facts=form.cleaned_data)
        return redirect("requirement", reference)
    return render(request, template, {"requirement": found, "form": form})


@writing
def add_lot(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    return lot_page(request, found, {"number": found.lots.count() + 1})


@writing
def change_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    lot = get_object_or_404(found.lots, number=number)
    return lot_page(request, found, forms.LotForm.initial_of(lot), lot)


def lot_page(request: HttpRequest, found: Requirement, initial: dict[str, Any], lot: Lot | None = None) -> HttpResponse:
    has_times = lot is not None and lot.times.exists()
    form = forms.LotForm(request.POST or None, council=found.council, has_times=has_times, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        number, save = facts.pop("number"), actions.add_lot
        if lot:
            number, save = lot.number, actions.save_lot
        saved = save(by=signed_in(request), requirement=found, number=number, facts=facts)
        return redirect("lot_field", found.reference, saved.number)
    return render(request, "commissioning/lot.html", {"requirement": found, "form": form, "lot": lot})


@writing
def remove_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    lot = found.lots.filter(number=number).first()
    if request.method == "POST":
        if lot and request.POST.get("lot") == str(lot.pk):
            actions.remove_lot(by=signed_in(request), requirement=found, lot_id=lot.pk)
        return redirect("requirement", reference)
    if lot is None:
        raise Http404("No such lot")
    return render(request, "commissioning/remove_lot.html", {"requirement": found, "lot": lot})
