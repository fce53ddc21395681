"""What was found, on a map beside a list that says the same. No server but ours is asked, unless one is configured."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from providers.finding.bounds import in_bounds
from providers.finding.on_a_map import drawing_of, geojson_of, pins_of
from providers.finding.search import Search


def tile_host(template: str) -> str:
    """Whom a browser may ask for pictures of the ground; `{s}` stands for several names of one server."""
    parts = urlsplit(template)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def find_map(request: HttpRequest) -> HttpResponseBase:
    """Only this page may ask the tile server, and only where there is one."""
    allowed = {"img-src": [tile_host(settings.NEARHAND_TILES)]} if settings.NEARHAND_TILES else {}
    return csp_update(allowed)(_find_map)(request)


@require_safe
@cache_control(private=True, max_age=0)
@in_bounds
def _find_map(request: HttpRequest) -> HttpResponse:
    search = Search(request.GET, timezone.localdate())
    if not search.is_answered:
        # What is wrong with the question is said where it can be mended.
        return redirect(f"{reverse('find')}{search.address}")
    pins = pins_of(search.results, search.page.start_index())
    page = {
        "search": search,
        "back": f"{reverse('find')}{search.address}&page={search.page.number}",
        "drawing": drawing_of(search.place, pins),
        "on_map": {result.id for pin in pins for _number, result in pin.services},
        "tiles": settings.NEARHAND_TILES,
        "tiles_credit": settings.NEARHAND_TILES_CREDIT,
    }
    return render(request, "finding/map.html", page)


@require_safe
@cache_control(private=True, max_age=0)
@in_bounds
def find_map_data(request: HttpRequest) -> HttpResponse:
    search = Search(request.GET, timezone.localdate())
    if not search.is_answered:
        return JsonResponse({"detail": search.form.errors or "Ask for a postcode"}, status=400)
    pins = pins_of(search.results, search.page.start_index())
    return JsonResponse(geojson_of(search.place, pins), content_type="application/geo+json")
