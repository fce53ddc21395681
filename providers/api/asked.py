"""What may be asked of the search by address: the one declaration of filters, and a few more that only programs use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError as Wrong
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from providers.api.failures import NoSuchPlace
from providers.api.near import nearest_postcode
from providers.listings import facets
from providers.listings.filters import CHOSEN_AT_MOST, NEED_AT_MOST, ListingFilter
from providers.listings.search import FURTHEST_START
from registry.places.lookup import Place, PlaceProblem, look_up

FURTHEST_METRES = 250_000
# A finer circle around many points would find the door that somebody works from (rule 10).
STEP_METRES = 1000
A_PAGE, MOST_ON_A_PAGE, LAST_PAGE = 50, 100, FURTHEST_START
YES_OR_NO = ("on", "true", "false")
MANY = ("off", *facets.NAMES)
POINT = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,10})?),(-?[0-9]{1,3}(?:\.[0-9]{1,10})?)")
LANGUAGE = re.compile(r"[a-z]+(?:[ -][a-z]+)*")
NUMBERS = {"page": LAST_PAGE, "per_page": MOST_ON_A_PAGE, "within": FURTHEST_METRES}
WORDS = {"fields": ("minimal", "full"), "facets": ("all", "none"), "as_typed": YES_OR_NO}
NAMES = ("need", "postcode", "near", *NUMBERS, *WORDS, *MANY)


@dataclass(frozen=True)
class Asked:
    """A question that can be answered, and how much of the answer is wanted."""

    filter: ListingFilter
    within: int | None
    page: int
    per_page: int
    is_minimal: bool
    with_facets: bool

    @property
    def start(self) -> int:
        return (self.page - 1) * self.per_page


class ReadFilter(ListingFilter):
    """The same filters, read field by field. A form would copy all of them, which takes longer than the search."""

    def __init__(self, read: Mapping[str, Any]) -> None:
        self._form = SimpleNamespace(cleaned_data=read)


def read(data: QueryDict) -> Asked:
    """Raises ValidationError, which names each part that cannot be used, or NoSuchPlace."""
    wrong: dict[str, list[str]] = {}
    said = {name: data.getlist(name) for name in NAMES if name in data}

    def checked(name: str, check: Callable[[list[str]], Any], otherwise: Any) -> Any:
        if name not in said:
            return otherwise
        try:
            return check(said[name])
        except Wrong as error:
            wrong[name] = error.messages
            return otherwise

    numbers = {name: checked(name, _number(most), None) for name, most in NUMBERS.items()}
    words = {name: checked(name, _one_of(choices), "") for name, choices in WORDS.items()}
    found: dict[str, Any] = {**nothing(), **{name: checked(name, _field(name), None) for name in MANY if name in said}}
    found["need"] = checked("need", _need, "")
    found["as_typed"] = words["as_typed"] in ("on", "true")
    point = checked("near", _point, None)
    once = checked("postcode", _once, "")
    if wrong:
        raise ValidationError(wrong)
    found["postcode"] = _place(once, point)
    is_minimal = words["fields"] == "minimal"
    return Asked(
        filter=ReadFilter(found),
        within=_step(numbers["within"]) if found["postcode"] else None,
        page=numbers["page"] or 1,
        per_page=numbers["per_page"] or A_PAGE,
        is_minimal=is_minimal,
        with_facets=words["facets"] == "all" or not (words["facets"] or is_minimal),
    )


@cache
def fields() -> dict[str, Any]:
    """The fields of the one declaration: they keep nothing between two questions."""
    return {name: declared.field for name, declared in ListingFilter.base_filters.items()}


@cache
def nothing() -> dict[str, Any]:
    """What each of them says where nothing was asked."""
    return {name: _field(name)([]) for name in MANY}


def _field(name: str) -> Callable[[list[str]], Any]:
    def clean(values: list[str]) -> Any:
        if name != "off" and ("" in values or len(values) > CHOSEN_AT_MOST):
            raise Wrong(_("Leave it out, or choose up to 40 of its values"))
        if name == "language" and not all(LANGUAGE.fullmatch(value) for value in values):
            raise Wrong(_("Write languages in small letters, like polish"))
        return fields()[name].clean(values)

    return clean


def _once(values: list[str]) -> str:
    if len(values) > 1:
        raise Wrong(_("Say it once"))
    return values[0]


def _need(values: list[str]) -> str:
    text = _once(values)
    if len(text) > NEED_AT_MOST:
        raise Wrong(_("Use at most 200 characters"))
    # No text of ours holds a NUL, and PostgreSQL takes none.
    return str(fields()["need"].clean(text.replace("\0", " ")))


def _number(most: int) -> Callable[[list[str]], int]:
    def clean(values: list[str]) -> int:
        written = _once(values)
        if not re.fullmatch("[0-9]{1,9}", written, re.ASCII) or not 1 <= int(written) <= most:
            raise Wrong(_("Send a whole number from 1 to %(most)d") % {"most": most})
        return int(written)

    return clean


def _one_of(choices: tuple[str, ...]) -> Callable[[list[str]], str]:
    def clean(values: list[str]) -> str:
        if _once(values) not in choices:
            raise Wrong(_("Send one of: %(choices)s") % {"choices": ", ".join(choices)})
        return values[0]

    return clean


def _point(values: list[str]) -> tuple[float, float]:
    found = POINT.fullmatch(_once(values))
    if found is None:
        raise Wrong(_("Send latitude and longitude, like 51.381,-2.359"))
    return float(found[1]), float(found[2])


def _place(postcode: str, point: tuple[float, float] | None) -> Place | None:
    """A postcode counts before a point; neither is no place. A point is read as the postcode nearest to it."""
    if postcode.strip():
        found = look_up(postcode)
        if isinstance(found, PlaceProblem):
            raise NoSuchPlace(found.message)
        return found
    if point is None:
        return None
    nearest = nearest_postcode(*point)
    if nearest is None:
        raise NoSuchPlace(_("That point is not in England, Scotland or Wales."))
    return nearest


def _step(metres: int | None) -> int | None:
    return -(-metres // STEP_METRES) * STEP_METRES if metres else None
