"""The picture of where a service goes, by itself: the page says the same in words and need not wait for it."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from providers.listings.coverage_map import coverage_map
from providers.models import Provider, Version


@require_safe
@cache_control(public=True, max_age=3600)
def coverage_picture(request: HttpRequest, slug: str, service_id: uuid.UUID) -> HttpResponse:
    versions = Version.objects.filter(provider__in=Provider.listed.filter(slug=slug))
    content = versions.values_list("content", flat=True).first() or {"services": []}
    service = next((one for one in content["services"] if one["id"] == str(service_id)), None)
    drawn = coverage_map(service) if service else None
    if drawn is None:
        raise Http404("No such service listed today, or nothing of it to draw")
    return render(request, "finding/coverage.svg", {"map": drawn}, content_type="image/svg+xml")
