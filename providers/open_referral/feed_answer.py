"""How the feed answers: open to every origin, without a key, in JSON, and with words where something is wrong.

Problems are told as RFC 9457 has it. `ETag` is of the bytes themselves, so it moves with whatever they say, a passed
midnight included; nothing may be kept without asking again.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from registry.access.limits import seconds_to_wait
from registry.database.time_limit import TookTooLong, time_limit
from registry.places.lookup import PlaceProblem

JSON, NDJSON, PROBLEM = "application/json", "application/x-ndjson", "application/problem+json"
METHODS = "GET, HEAD, OPTIONS"
TOLD_EACH = 20
View = Callable[..., HttpResponseBase]


class Wrong(Exception):
    """What stops an answer, in words; `errors` by the name of each parameter."""

    def __init__(self, status: HTTPStatus, detail: str, errors: dict[str, list[str]] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors or {}


def open_to_all(view: View) -> View:
    """A view of the feed: any origin may read it, nobody may write, and every refusal is a problem in words."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, **given: Any) -> HttpResponseBase:
        # The feed is in one language: its bytes may not depend on what a browser prefers.
        with translation.override("en-gb"):
            response = _answered(view, request, given)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After, Link"
        # A search tells of somebody's health and home, and what is told may lapse at midnight.
        response.setdefault("Cache-Control", "private, no-cache")
        return response

    return answered


def _answered(view: View, request: HttpRequest, given: dict[str, Any]) -> HttpResponseBase:
    try:
        if request.method == "OPTIONS":
            return _allowed()
        if request.method not in ("GET", "HEAD"):
            raise Wrong(HTTPStatus.METHOD_NOT_ALLOWED, _("This feed can only be read: use GET."))
        _refuse_too_many(request)
        with time_limit(settings.SEARCH_MILLISECONDS):
            return view(request, **given)
    except Wrong as wrong:
        return problem(wrong)
    except Http404:
        return problem(Wrong(HTTPStatus.NOT_FOUND, _("Nothing of this kind has that id today.")))
    except TookTooLong:
        slow = _("This question takes too long. Ask for less at once, or with a postcode.")
        return problem(Wrong(HTTPStatus.SERVICE_UNAVAILABLE, slow), wait=30)


def _allowed() -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _refuse_too_many(request: HttpRequest) -> None:
    most = settings.FEED_REQUESTS_A_MINUTE
    wait = seconds_to_wait(request, "feed", most=most, told_each=TOLD_EACH) if most else 0
    if wait:
        detail = _("At most %(most)d requests a minute: wait %(wait)d seconds.") % {"most": most, "wait": wait}
        raise Wrong(HTTPStatus.TOO_MANY_REQUESTS, detail, {"wait": [str(wait)]})


def problem(wrong: Wrong, wait: int = 0) -> HttpResponse:
    """RFC 9457. `type` is left out, which means that the status says it."""
    told: dict[str, Any] = {"status": int(wrong.status), "title": wrong.status.phrase, "detail": wrong.detail}
    if wrong.status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = int(wrong.errors["wait"][0])
    elif wrong.errors:
        told["errors"] = wrong.errors
    response = HttpResponse(_written(told), content_type=PROBLEM, status=wrong.status)
    if wait:
        response["Retry-After"] = str(wait)
    if wrong.status == HTTPStatus.METHOD_NOT_ALLOWED:
        response["Allow"] = METHODS
    response["Cache-Control"] = "no-store"
    return response


def asked(form: Form) -> dict[str, Any]:
    """What was asked, cleaned; all that is wrong with it at once."""
    if form.is_valid():
        return form.cleaned_data
    errors = {name: [str(said) for said in faults] for name, faults in form.errors.items()}
    words = "; ".join(f"{name}: {' '.join(said)}" for name, said in errors.items())
    # A postcode that is well written and nowhere is no mistake of form.
    codes = {fault.code for faults in form.errors.as_data().values() for fault in faults}
    nowhere = codes <= {str(problem) for problem in PlaceProblem} - {PlaceProblem.MALFORMED}
    raise Wrong(HTTPStatus.NOT_FOUND if nowhere else HTTPStatus.BAD_REQUEST, words, errors)


def answer(request: HttpRequest, told: Any, changed_at: datetime.datetime | None = None) -> HttpResponse:
    """Told as JSON; 304 to whoever has it already. `changed_at`: not earlier than what is told last changed."""
    _refuse_unless(request, JSON)
    response = HttpResponse(_written(told), content_type=JSON)
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    seconds = int(changed_at.timestamp()) if changed_at else None
    whole = get_conditional_response(request, etag=etag, last_modified=seconds, response=response) or response
    whole["ETag"] = etag
    if seconds is not None:
        # A second that is not over may bring another change, which nobody could tell from this one.
        whole["Last-Modified"] = http_date(min(seconds, int(timezone.now().timestamp()) - 1))
    whole["Vary"] = "Accept"
    return whole


def stream(request: HttpRequest, rows: Iterable[Any]) -> StreamingHttpResponse:
    """One row a line, as they are read: nothing of it is held."""
    _refuse_unless(request, NDJSON, JSON)
    response = StreamingHttpResponse((_written(row) + b"\n" for row in rows), content_type=NDJSON)
    response["Vary"] = "Accept"
    return response


def _refuse_unless(request: HttpRequest, *kinds: str) -> None:
    if not any(request.accepts(kind) for kind in kinds):
        detail = _("This is told as %(kind)s, which your Accept header leaves out.") % {"kind": kinds[0]}
        raise Wrong(HTTPStatus.NOT_ACCEPTABLE, detail)


def _written(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
