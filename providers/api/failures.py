"""Every error of the API as problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from registry.database.time_limit import TookTooLong
from registry.problems import MEDIA_TYPE, problem


class NoSuchPlace(exceptions.NotFound):
    """A postcode or a point that could be one, and is none that we know."""

    default_code = "unknown-place"


class Conflict(exceptions.APIException):
    status_code = 409
    default_code = "conflict"


class TooSlow(exceptions.APIException):
    status_code = 503
    default_code = "too-slow"


# Problems that a program may want to tell apart from others of the same status. The page of the API explains each.
KINDS = {"unknown-place", "invalid", "throttled", "too-slow", "conflict"}


def as_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, TookTooLong):
        error = TooSlow(_("That took too long. Ask for less: a place, fewer words, or a smaller page."))
    response = exception_handler(error, context)
    if response is None:
        return None
    kind, detail, wrong = _told(error)
    response.data = problem(response.status_code, detail, kind=kind, **({"errors": wrong} if wrong else {}))
    response.content_type = MEDIA_TYPE
    if response.status_code == 503:
        response["Retry-After"] = "5"
    return response


def _told(error: Exception) -> tuple[str, str, list[dict[str, str]]]:
    """The kind, one sentence, and of what was sent each part that is wrong."""
    if not isinstance(error, exceptions.APIException):
        return "", _("There is nothing here for you."), []
    if isinstance(error, exceptions.ValidationError):
        return "invalid", _("Something that you sent cannot be used."), _wrong(error.detail)
    kind = str(error.default_code)
    return (kind if kind in KINDS else ""), str(error.detail), []


def _wrong(detail: Any, name: str = "") -> list[dict[str, str]]:
    if isinstance(detail, Mapping):
        return [row for field, inner in detail.items() for row in _wrong(inner, str(field))]
    if isinstance(detail, Sequence) and not isinstance(detail, str):
        return [row for inner in detail for row in _wrong(inner, name)]
    return [{"name": name, "detail": str(detail)}]
