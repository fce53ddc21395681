"""The later steps of a requirement, each saved by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.access import get_requirement
from commissioning.law.governing import governing, route_of
from commissioning.law.rules import may_be_reserved_for
from commissioning.models import Lot, Question, Requirement
from commissioning.requirements import actions, step_forms
from commissioning.requirements.rules import marks_given
from commissioning.requirements.views import writing
from commissioning.requirements.wording import in_order, window_words, work_words
from registry.access.getters import signed_in
from registry.access.permissions import Permission


@writing
def requirement_way(request: HttpRequest, reference: str) -> HttpResponse:
    """How it is bought; what the law makes of that stands on the requirement's page."""
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    law = governing(found, timezone.localdate())

    def may_be_reserved(way: str, is_health_care: bool) -> tuple[str, ...]:
        return may_be_reserved_for(route_of(found, law.thresholds, way, is_health_care))

    initial = step_forms.WayForm.initial_of(found)
    form = step_forms.WayForm(request.POST or None, initial=initial, may_be_reserved=may_be_reserved)
    return step_page(request, found, form, lambda: form.cleaned_data, "commissioning/way.html")


@writing
def requirement_timetable(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    initial = step_forms.TimetableForm.initial_of(found)
    form = step_forms.TimetableForm(request.POST or None, initial=initial, starts_on=found.starts_on)
    return step_page(request, found, form, form.facts, "commissioning/timetable.html")


def step_page(
    request: HttpRequest, found: Requirement, form: forms.Form, facts: Callable[[], dict[str, Any]], template: str
) -> HttpResponse:
    """A step of the requirement's own fields: show it as it is, or write what was sent."""
    if request.method == "POST" and form.is_valid():
        actions.change_requirement(by=signed_in(request), requirement=found, facts=facts())
        return redirect("requirement", found.reference)
    return render(request, template, {"requirement": found, "form": form})


@writing
def requirement_questions(request: HttpRequest, reference: str) -> HttpResponse:
    """The questions, and how much of the marks the price has."""
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    form = step_forms.PriceWeightForm(request.POST or None, initial={"price_weight": found.price_weight})
    if request.method == "POST" and form.is_valid():
        actions.change_requirement(by=signed_in(request), requirement=found, facts=form.cleaned_data)
        return redirect("requirement", found.reference)
    questions = list(found.questions.all())
    given = marks_given([question.weight for question in questions], found.price_weight)
    context = {"requirement": found, "form": form, "questions": questions, "given": given}
    return render(request, "commissioning/questions.html", context)


@writing
def add_question(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    return question_page(request, found, {"number": found.questions.count() + 1}, None)


@writing
def change_question(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    question = get_object_or_404(found.questions, number=number)
    initial = {name: getattr(question, name) for name in ("number", "text", "weight", "most_words")}
    return question_page(request, found, initial, question)


def question_page(
    request: HttpRequest, found: Requirement, initial: dict[str, Any], question: Question | None
) -> HttpResponse:
    form = step_forms.QuestionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        number, save = facts.pop("number"), actions.add_question
        if question:
            number, save = question.number, actions.save_question
        save(by=signed_in(request), requirement=found, number=number, facts=facts)
        return redirect("requirement_questions", found.reference)
    return render(request, "commissioning/question.html", {"requirement": found, "form": form, "question": question})


@writing
def remove_question(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    question = found.questions.filter(number=number).first()
    if request.method == "POST":
        if question and request.POST.get("question") == str(question.pk):
            actions.remove_question(by=signed_in(request), requirement=found, question_id=question.pk)
        return redirect("requirement_questions", reference)
    if question is None:
        raise Http404("No such question")
    return render(request, "commissioning/remove_question.html", {"requirement": found, "question": question})


@writing
def lot_times(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """When the hours of a lot are wanted: the windows there are, and a form for one more."""
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    lot = get_object_or_404(found.lots.select_related("category"), number=number)
    lot.requirement = found
    form = step_forms.LotTimesForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and times_added(request, lot, form):
        return redirect("lot_times", reference, number)
    times = [(time, window_words(time), work_words(time.minutes_needed)) for time in in_order(lot)]
    return render(
        request, "commissioning/lot_times.html", {"requirement": found, "lot": lot, "form": form, "times": times}
    )


def times_added(request: HttpRequest, lot: Lot, form: step_forms.LotTimesForm) -> bool:
    typed = form.cleaned_data
    by = signed_in(request)
    try:
        actions.add_times(by=by, lot=lot, days=typed["days"], window=typed["window"], minutes=typed["hours_of_work"])
    except actions.TimesOverlapError:
        form.add_error("window", _("This lies over another time of the lot on one of these days. Remove that first"))
        return False
    messages.success(request, _("Times saved"))
    return True


@writing
def remove_lot_time(request: HttpRequest, reference: str, number: int, time: int) -> HttpResponse:
    """One press takes a time off: it is said again in a moment, so nothing is asked first."""
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    lot = get_object_or_404(found.lots, number=number)
    lot.requirement = found
    if request.method == "POST":
        actions.remove_time(by=signed_in(request), lot=lot, time_id=time)
    return redirect("lot_times", reference, number)
