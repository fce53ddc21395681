from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from commissioning.access import get_requirement
from commissioning.law.governing import checked_words, governing
from commissioning.models import Condition, Lot, Requirement
from commissioning.openness.figures import OpenField
from commissioning.openness.flags import limits
from commissioning.openness.shown import shown_beside
from commissioning.requirements import actions
from commissioning.requirements.condition_form import ConditionForm
from commissioning.requirements.views import writing
from commissioning.sourcing.sentences import condition_words
from registry.access.getters import signed_in
from registry.access.permissions import Permission


@writing
def add_condition(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    return condition_page(request, found)


@writing
def change_condition(request: HttpRequest, reference: str, kind: str, number: int | None = None) -> HttpResponse:
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    condition = get_object_or_404(found.conditions.select_related("lot"), kind=kind, lot=get_lot(found, number))
    return condition_page(request, found, condition)


def get_lot(found: Requirement, number: int | None) -> Lot | None:
    return None if number is None else get_object_or_404(found.lots, number=number)


def condition_page(request: HttpRequest, found: Requirement, fixed: Condition | None = None) -> HttpResponse:
    """Write a condition, or see what it would do: "see" writes nothing."""
    today = timezone.localdate()
    law, wants_to_see = governing(found, today), "see" in request.POST
    initial = ConditionForm.initial_of(fixed) if fixed else {}
    form = ConditionForm(
        request.POST or None, requirement=found, law=law, fixed=fixed, is_saved=not wants_to_see, initial=initial
    )
    typed = fixed
    if request.method == "POST":
        typed = form.condition() if form.is_valid() or form.limits else None
        if form.is_valid() and not wants_to_see:
            kind, lot = form.cleaned_data["kind"], form.lot_chosen
            actions.save_condition(by=signed_in(request), requirement=found, kind=kind, facts=form.facts, lot=lot)
            return redirect("requirement", found.reference)
    rows = limits(typed, law) if typed else []
    context = {
        "requirement": found,
        "form": form,
        "is_new": fixed is None,
        "words": condition_words(typed) if typed else "",
        "beside": shown_beside(OpenField.read(found, today).beside(typed), found.council.size_limit) if typed else None,
        "limits": rows,
        "law_checked": checked_words(row.checked_on for row in rows),
    }
    return render(request, "commissioning/condition.html", context)


@writing
def remove_condition(request: HttpRequest, reference: str, kind: str, number: int | None = None) -> HttpResponse:
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    if request.method == "POST":
        lot = None if number is None else found.lots.filter(number=number).first()
        if number is None or lot:
            actions.remove_condition(by=signed_in(request), requirement=found, kind=kind, lot=lot)
        return redirect("requirement", reference)
    condition = get_object_or_404(found.conditions.select_related("lot"), kind=kind, lot=get_lot(found, number))
    return render(
        request, "commissioning/remove_condition.html", {"requirement": found, "words": condition_words(condition)}
    )
