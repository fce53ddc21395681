"""Who holds a link may open what it leads to. No cache keeps the answer, and no search engine finds it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from providers.shortlists.links import list_to_change, list_to_look_at

View = Callable[..., HttpResponse]


def for_its_keeper(view: View) -> View:
    """The view gets the list instead of the token.

    The site's own Referrer-Policy stays, which tells no other site: told to send no referrer at all, a browser names
    no origin with a form either, and our check of where a form comes from would refuse it.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str, **given: Any) -> HttpResponse:
        kept = list_to_change(token, timezone.localdate())
        return _private(view(request, kept, **given) if kept else _over(request))

    return opened


def for_whoever_has_the_link(view: View) -> View:
    """The same for a link that can only be looked at; its address is told to nobody by a link that is followed."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **given: Any) -> HttpResponse:
        kept = list_to_look_at(token, timezone.localdate())
        response = _private(view(request, kept, **given) if kept else _over(request))
        response["Referrer-Policy"] = "no-referrer"
        return response

    return opened


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "shortlists/over.html", status=404)


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
