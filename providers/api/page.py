"""The API described: for programs as an OpenAPI 3.1 document, for people as a page made from the same document."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from providers.api.document import document, sections
from providers.api.endpoint import Endpoint
from providers.api.throttling import MORE_WITH_A_KEY

PROBLEMS = (
    ("invalid", "400", "Something that you sent cannot be used. `errors` names each part and says what would do."),
    ("unknown-place", "404", "No such postcode is in use in Great Britain, or the point lies outside of it."),
    ("conflict", "409", "What you said does not fit how things stand, like a day back that is past."),
    ("throttled", "429", "You asked too often. The header Retry-After says how many seconds to wait."),
    ("too-slow", "503", "It took too long and was stopped. Ask for less."),
)


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """What can be asked, how, and how to get a key."""
    most = settings.API_REQUESTS_A_MINUTE
    limits = {"most": most, "most_with_key": most * MORE_WITH_A_KEY}
    page = {"sections": sections(), "problems": PROBLEMS, "site": settings.SITE_URL, **limits}
    return render(request, "api/api.html", page)


class Schema(Endpoint):
    renderer_classes = (OpenApiJsonRenderer, JSONRenderer)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(document())
