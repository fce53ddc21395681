"""What holds a search in bounds whatever is asked: so many from one address in a minute, so long in the database."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from registry.access.limits import A_MINUTE, seconds_to_wait
from registry.database.time_limit import TookTooLong, time_limit

View = Callable[[HttpRequest], HttpResponse]
# Who asks fewer than this in a minute costs no statement for being counted.
TOLD_EACH = 20
TRY_AGAIN_AFTER = 10


def in_bounds(view: View) -> View:
    """For a page that asks the search: 429 or 503 with plain words, and when to come again, in its stead."""

    @wraps(view)
    def bounded(request: HttpRequest) -> HttpResponse:
        most = settings.SEARCHES_A_MINUTE
        wait = seconds_to_wait(request, "search", most=most, told_each=TOLD_EACH) if most else 0
        if wait:
            return too_often(request, wait)
        try:
            with time_limit(settings.SEARCH_MILLISECONDS):
                return view(request)
        except TookTooLong:
            return _instead(request, "finding/too_long.html", 503, TRY_AGAIN_AFTER)

    return bounded


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    return _instead(request, "finding/too_often.html", 429, seconds)


def may_tell(request: HttpRequest) -> int:
    """Seconds to wait before this address may say again that nobody was found; 0 when it may."""
    return seconds_to_wait(request, "nobody-found", most=10, seconds=10 * A_MINUTE)


def _instead(request: HttpRequest, template: str, status: int, seconds: int) -> HttpResponse:
    response = render(request, template, {"seconds": seconds}, status=status)
    response["Retry-After"] = str(seconds)
    return response
