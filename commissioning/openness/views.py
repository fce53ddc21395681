from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from commissioning.access import get_requirement, may
from commissioning.openness.figures import OpenField
from commissioning.openness.shown import shown_openness
from registry.access.getters import signed_in
from registry.access.permissions import Permission


@login_required
@require_GET
def openness_figure(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole picture: who could answer, what shuts whom out, and what would let more in."""
    found = get_requirement(request.user, reference, Permission.SEE_REQUIREMENTS)
    openness = OpenField.read(found, timezone.localdate()).openness()
    may_write = not found.is_locked and may(signed_in(request), found.council_id, Permission.WRITE_REQUIREMENTS)
    context = {"requirement": found, "openness": shown_openness(openness), "may_write": may_write}
    return render(request, "commissioning/who_could_answer.html", context)
