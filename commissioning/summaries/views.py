from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.access import get_requirement, get_summary
from commissioning.requirements.overview import overview
from commissioning.summaries import actions
from commissioning.summaries.render import context_of
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
    found = get_summary(request.user, reference)
    if found.ended_at is not None:
        return render(request, "commissioning/summary_ended.html", {"summary": found}, status=410)
    response = render(request, "commissioning/summary.html", context_of(found))
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_GET
def summary_pdf(request: HttpRequest, reference: str) -> HttpResponse | FileResponse:
    """The PDF as it was made when the summary was locked."""
    found = get_summary(request.user, reference)
    if found.ended_at is not None:
        return render(request, "commissioning/summary_ended.html", {"summary": found}, status=410)
    try:
        pdf = found.pdf.open("rb")
    except FileNotFoundError as missing:
        raise Http404("Not in storage: the page has the same words") from missing
    response = FileResponse(pdf, content_type="application/pdf", filename=f"nearhand-summary-{found.reference}.pdf")
    patch_cache_control(response, private=True, no_store=True)
    return response
