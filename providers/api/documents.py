"""How an address is described in the OpenAPI document: every answer it really gives, with its type and its shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from registry.problems import MEDIA_TYPE

JSON = "application/json"
# Any address, whatever it is for: a wrong key, the wrong method, a type we do not speak, too many questions.
ALWAYS = (401, 403, 405, 406, 429)
MEANINGS = {
    304: "What you hold is still right",
    400: "Something that was sent cannot be used; `errors` names each part",
    401: "The key is unknown, has ended, or is missing where one is needed",
    403: "You are known, and may not do this",
    404: "There is no such thing, or not for you",
    405: "Another method than those that the header `Allow` names",
    406: "We answer in JSON only",
    409: "It does not fit how things stand; `detail` says why",
    415: "We read JSON only",
    429: "Too many requests; the header `Retry-After` says when to ask again",
    503: "It took too long, and was stopped",
}


class WrongSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Of the parameter or field; empty where it is about all of them")
    detail = serializers.CharField(help_text="What is wrong, in words for people")


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details for HTTP APIs (RFC 9457)."""

    type = serializers.CharField(help_text="`about:blank`, or the address of its explanation on the page of this API")
    title = serializers.CharField(help_text="The name of the status")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What went wrong, in words for people")

    def get_fields(self) -> dict[str, Any]:
        # The name belongs to the serializer itself, which keeps its own errors there.
        wrong = WrongSerializer(many=True, required=False, help_text="Each part that is wrong")
        return {**super().get_fields(), "errors": wrong}


def answers(shape: Any, *, also: tuple[int, ...] = (), kept: bool = True) -> dict[Any, Any]:
    """200 with this shape, and every other answer. `kept`: whoever holds it may ask whether it is still right."""
    told: dict[Any, Any] = {(200, JSON): OpenApiResponse(shape, description="Here it is")}
    if kept:
        told[304] = OpenApiResponse(description=MEANINGS[304])
    for status in sorted({*ALWAYS, *also}):
        told[(status, MEDIA_TYPE)] = OpenApiResponse(ProblemSerializer, description=MEANINGS[status])
    return told


def headers(*, kept: bool) -> list[OpenApiParameter]:
    """Of the answers; and of the question, where an answer may be held."""

    def told(name: str, status: list[int], description: str) -> OpenApiParameter:
        return OpenApiParameter(name, OpenApiTypes.STR, "header", description=description, response=status)

    found = [
        told("WWW-Authenticate", [401], "How to say who you are"),
        told("Allow", [405], "The methods of this address"),
        told("Retry-After", [429], "Seconds to wait"),
    ]
    return [*found, told("ETag", [200], "The mark of these bytes, for `If-None-Match`")] if kept else found


def described(
    name: str,
    tag: str,
    shape: Any,
    *,
    also: tuple[int, ...] = (),
    kept: bool = True,
    parameters: tuple[Any, ...] = (),
    **more: Any,
) -> Callable[[Any], Any]:
    """The method's own words become those of the document: its first line the summary, all of it the description."""
    return extend_schema(
        operation_id=name,
        tags=[tag],
        parameters=[*parameters, *headers(kept=kept)],
        responses=answers(shape, also=also, kept=kept),
        **more,
    )


def whole(name: str, words: str, **limits: Any) -> OpenApiParameter:
    """A parameter that is a whole number within limits."""
    return OpenApiParameter(name, {"type": "integer", **limits}, description=words)


def one_of(name: str, words: str, choices: list[str], *, at_most: int = 0, pattern: str = "") -> OpenApiParameter:
    """One of these words, or up to so many of them; without any, words of this pattern."""
    shape: dict[str, Any] = {"type": "string", "enum": choices} if choices else {"type": "string"}
    if pattern and not choices:
        shape |= {"pattern": pattern, "maxLength": 40}
    if not at_most:
        return OpenApiParameter(name, shape, description=words)
    many = {"type": "array", "items": shape, **({"maxItems": at_most} if choices or pattern else {})}
    return OpenApiParameter(name, many, description=words, explode=True, style="form")


def text(name: str, words: str, **limits: Any) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string", **limits}, description=words)
