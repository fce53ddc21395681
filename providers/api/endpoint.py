"""What every address of the API has in common."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from providers.api.authentication import KeyAuthentication, SessionAuthentication
from providers.api.failures import as_problem
from providers.api.throttling import PerAsker

READS = ("GET", "HEAD")
# RFC 9110 section 15.4.5, and what a page of another origin needs to read it.
KEPT_BY_304 = ("Access-Control-Allow-Origin", "Cache-Control", "ETag", "Vary")


class Endpoint(APIView):
    """Read by anybody; what a caller sees depends on who it is."""

    authentication_classes = (KeyAuthentication, SessionAuthentication)
    permission_classes: tuple[type[BasePermission], ...] = (AllowAny,)
    throttle_classes = (PerAsker,)
    renderer_classes: tuple[type[BaseRenderer], ...] = (JSONRenderer,)
    metadata_class = None
    # Answers that are the same for hours are not sent twice. A search is of one person: nobody keeps it.
    may_be_kept = True

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view: Any = super().as_view(**initkwargs)
        view.answers_programs = True
        return view

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], Response | None]:
        return as_problem

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        answer: Response = super().finalize_response(request, response, *args, **kwargs)
        is_read = request.method in READS
        if is_read and not _says_who_it_is(request):
            answer["Access-Control-Allow-Origin"] = "*"
        answer["Cache-Control"] = "private, no-cache" if self.may_be_kept else "private, no-store"
        patch_vary_headers(answer, ["Authorization", "Cookie"])
        if is_read and self.may_be_kept and answer.status_code == 200:
            answer.add_post_render_callback(lambda rendered: _unless_known(request, rendered))
        return answer


def _says_who_it_is(request: Request) -> bool:
    return "HTTP_AUTHORIZATION" in request.META or settings.SESSION_COOKIE_NAME in request.COOKIES


def _unless_known(request: Request, answer: HttpResponse) -> HttpResponse:
    """With the mark of its own bytes, which moves with everything that they say; 304 to whoever holds them."""
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = etag
    held = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    # What was sent compressed comes back as a weak mark.
    if "*" not in held and etag not in [mark.removeprefix("W/") for mark in held]:
        return answer
    unchanged = HttpResponseNotModified()
    for name in KEPT_BY_304:
        if name in answer:
            unchanged[name] = answer[name]
    return unchanged
