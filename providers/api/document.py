"""The OpenAPI document of our own API, and what a page for people shows of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import include, path
from drf_spectacular.generators import SchemaGenerator

Document = dict[str, Any]
METHODS = ("get", "post", "patch")
ORDER = ["Services", "Providers", "Your own", "Lists"]


@dataclass(frozen=True)
class Asked:
    """A parameter, in words: what it may be, and what it does."""

    name: str
    where: str
    may_be: str
    choices: list[str]
    words: str


@dataclass(frozen=True)
class Operation:
    anchor: str
    method: str
    path: str
    summary: str
    paragraphs: list[str]
    asked: list[Asked]
    answers: list[tuple[str, str]]
    needs_key: bool


@dataclass
class Section:
    name: str
    operations: list[Operation] = field(default_factory=list)


@cache
def document() -> Document:
    """Made once a process: it moves with the code alone."""
    # By name: the addresses import the page that shows them.
    generator = SchemaGenerator(patterns=[path("api/", include("providers.api.endpoints"))])
    made: Document = generator.get_schema(public=True)
    for shapes in made["paths"].values():
        for operation in shapes.values():
            operation["summary"] = _first_sentence(operation.get("description", ""))
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
    return made


def sections() -> list[Section]:
    """The operations by what they are about, in the order in which people need them."""
    found: dict[str, Section] = {}
    for address, methods in document()["paths"].items():
        for method in METHODS:
            if operation := methods.get(method):
                tag = operation["tags"][0]
                found.setdefault(tag, Section(tag)).operations.append(_operation(address, method, operation))
    return sorted(found.values(), key=lambda section: ORDER.index(section.name))


def _operation(address: str, method: str, told: Document) -> Operation:
    paragraphs = [" ".join(part.split()) for part in told.get("description", "").split("\n\n")]
    rest = [paragraphs[0].removeprefix(told["summary"]).strip(), *paragraphs[1:]]
    return Operation(
        anchor=told["operationId"],
        method=method.upper(),
        path=address,
        summary=told["summary"],
        paragraphs=[part for part in rest if part],
        asked=[_asked(each) for each in told.get("parameters", [])],
        answers=[(status, answer["description"]) for status, answer in sorted(told["responses"].items())],
        # An empty requirement among them says that nobody has to be known.
        needs_key={} not in told.get("security", [{}]),
    )


def _asked(told: Document) -> Asked:
    shape = told["schema"]
    inner = shape.get("items", shape)
    return Asked(
        name=told["name"],
        where=told["in"],
        may_be=_may_be(shape, inner),
        choices=inner.get("enum", []),
        words=told.get("description", ""),
    )


def _may_be(shape: Document, inner: Document) -> str:
    limits = [f"{word} {inner[key]}" for key, word in LIMITS.items() if key in inner]
    kind = f"{inner.get('format') or inner.get('type', '')}{', may be repeated' if inner is not shape else ''}"
    return ", ".join([kind, *limits])


LIMITS = {"minimum": "from", "maximum": "to", "maxLength": "at most so many characters:", "default": "otherwise"}


def _first_sentence(words: str) -> str:
    return words.strip().split("\n\n")[0].split(". ")[0].rstrip(".").replace("\n", " ") + "." if words else ""
