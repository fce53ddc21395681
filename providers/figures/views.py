from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from providers.access import get_provider
from providers.figures.shown import weeks_of
from registry.access.permissions import Permission


@require_GET
@login_required
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    weeks = weeks_of(provider, timezone.localdate())
    page = {
        "provider": provider,
        "weeks": weeks,
        "found": sum(week.found for week in weeks),
        "opened": sum(week.opened for week in weeks),
        "asked": sum(week.asked for week in weeks),
    }
    return render(request, "figures/figures.html", page)
