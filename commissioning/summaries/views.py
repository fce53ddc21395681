from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.access import get_requirement, get_summary
from commissioning.models import Summary
from commissioning.models.summary_paper import Edition
from commissioning.requirements.overview import overview
from commissioning.summaries import actions
from commissioning.summaries.render import PAPERS, Words, context_of, has_words
from registry.access.getters import signed_in
from registry.access.permissions import Permission


@login_required
@require_http_methods(["GET", "POST"])
def lock_summary(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once whether to lock, then lock."""
    requirement = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    if request.method == "POST":
        try:
            summary = actions.lock_summary(by=signed_in(request), requirement=requirement, now=timezone.now())
        except actions.NotReadyError:
            messages.error(request, _("Something is still to be written before the summary can be locked."))
            return redirect("requirement", reference)
        return redirect("summary", summary.reference)
    if requirement.is_locked:
        return redirect("summary", requirement.summary.reference)
    return render(request, "commissioning/lock.html", overview(requirement))


@login_required
@require_GET
def summary(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, reference, Words.COUNCIL)


@login_required
@require_GET
def summary_for_publishing(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, reference, Words.PUBLISHING)


@login_required
@require_GET
def summary_in_easier_words(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, reference, Words.EASIER)


def _page(request: HttpRequest, reference: str, words: Words) -> HttpResponse:
    found = get_summary(request.user, reference)
    if found.ended_at is not None:
        return _ended(request, found)
    if not has_words(found.facts, words):
        raise Http404("Locked before there were such words")
    papers = found.papers.filter(edition__in=[edition for edition, paper in PAPERS.items() if paper.words is words])
    response = render(request, "commissioning/summary.html", {**context_of(found, words), "papers": papers})
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_GET
def summary_pdf(request: HttpRequest, reference: str, edition: str = Edition.COUNCIL) -> HttpResponse | FileResponse:
    """A paper as it was made when the summary was locked; a page that says so while the worker is still at it."""
    found = get_summary(request.user, reference)
    if found.ended_at is not None:
        return _ended(request, found)
    paper = get_object_or_404(found.papers, edition=edition)
    if not paper.file:
        return render(request, "commissioning/paper_waits.html", {"summary": found, "paper": paper}, status=202)
    try:
        pdf = paper.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404("Not in storage: the page has the same words") from missing
    name = f"nearhand-summary-{found.reference}-{edition}.pdf"
    response = FileResponse(pdf, content_type="application/pdf", filename=name)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _ended(request: HttpRequest, summary: Summary) -> HttpResponse:
    return render(request, "commissioning/summary_ended.html", {"summary": summary}, status=410)
