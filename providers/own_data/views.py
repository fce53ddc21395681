from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_POST

from providers.access import get_provider
from providers.own_data.actions import note_taking
from providers.own_data.files import as_json, as_zip
from registry.access.getters import signed_in
from registry.access.limits import may_ask
from registry.access.permissions import Permission

KINDS = {"json": (as_json, "application/json"), "csv": (as_zip, "application/zip")}
ENDINGS = {"json": "json", "csv": "zip"}
FILES_A_MINUTE = 5


@require_GET
@login_required
def own_data(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.ANSWER_FOR_PROVIDER)
    return render(request, "own_data/own_data.html", {"provider": provider})


@require_POST
@login_required
def take(request: HttpRequest, slug: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    """A button and no link: taking everything along is written down, and a GET writes nothing (rule 17)."""
    provider = get_provider(request.user, slug, Permission.ANSWER_FOR_PROVIDER)
    if kind not in KINDS:
        raise Http404("No such form of file")
    if not may_ask(signed_in(request), "own-data", most=FILES_A_MINUTE):
        return render(request, "own_data/wait.html", {"provider": provider}, status=429)
    note_taking(provider=provider, kind=kind, by=signed_in(request))
    make, content_type = KINDS[kind]
    response = StreamingHttpResponse(make(provider, timezone.now()), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{provider.slug}.{ENDINGS[kind]}"'
    patch_cache_control(response, private=True, no_store=True)
    return response
