"""What went wrong, told to programs: problem details (RFC 9457). Nothing of what was asked is said back (rule 11)."""

from __future__ import annotations

import http
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MEDIA_TYPE = "application/problem+json"
# Addresses that programs read: an error there is never a page.
FOR_PROGRAMS = ("/api/", "/open-referral/")


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(FOR_PROGRAMS)


def problem(status: int, detail: str, *, kind: str = "", **more: Any) -> dict[str, Any]:
    """`kind` names one that the page of the API explains; without it the status says all there is to say."""
    kind_address = f"{settings.SITE_URL}/api/#problem-{kind}" if kind else "about:blank"
    return {
        "type": kind_address,
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }


def respond(status: int, detail: str, *, kind: str = "") -> HttpResponse:
    body = json.dumps(problem(status, detail, kind=kind), ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type=MEDIA_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response
