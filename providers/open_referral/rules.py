"""A service of an Open Referral UK 3.0 page, read strictly and without guessing: what it does not say stays unsaid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Categories of help that people go to; every other kind comes to them.
AT_A_PLACE = frozenset(
    {"care-home", "nursing-home", "short-stays", "childrens-homes", "day-opportunities", "dementia-day"}
    | {"lunch-club", "memory-cafe", "social-groups", "mens-sheds", "holiday-clubs"}
)

# The care services of the Public Services Reform (Scotland) Act 2010, schedule 12, as the Care Inspectorate's own list
# writes them. None may be given unregistered (section 59), so a row of that list is a registered service.
SCOTTISH_REGISTER = re.compile(
    r"(support|care home|school care accommodation|adult placement|housing support|fostering|adoption) service - "
    r"|(nurse|child care) agency - |secure accommodation service - ",
    re.I,
)
CARE_INSPECTORATE = "the Care Inspectorate"

FOR_WHOM = (
    (re.compile(r"older people", re.I), "older"),
    (re.compile(r"learning disabilit", re.I), "learning_disability"),
    (re.compile(r"physical", re.I), "physical_disability"),
    (re.compile(r"sensory", re.I), "sensory"),
    (re.compile(r"mental health", re.I), "mental_health"),
    (re.compile(r"dementia|alzheimer", re.I), "dementia"),
)
NAME_AT_MOST = 120
DESCRIPTION_AT_MOST = 3000
ADDRESS_AT_MOST = 120
ID_AT_MOST = 100


class CannotTake(Exception):
    """Why a row stays out, in words for whoever has to mend the file."""


@dataclass(frozen=True)
class Site:
    """A place that a service is given at or run from."""

    latitude: float
    longitude: float
    address: str
    postcode: str
    town: str


@dataclass(frozen=True)
class Organisation:
    source_id: str
    name: str
    description: str
    email: str
    website: str


@dataclass(frozen=True)
class Read:
    """One service as its source tells of it."""

    source_id: str
    name: str
    description: str
    organisation: Organisation
    area_codes: tuple[str, ...]
    site: Site | None

    @property
    def client_groups(self) -> list[str]:
        return [group for pattern, group in FOR_WHOM if pattern.search(self.description)]


def read(row: Any) -> Read:
    """The service in one element of `contents`; CannotTake where a part is missing that a listing cannot do without."""
    if not isinstance(row, Mapping):
        raise CannotTake("it is not an object")
    status = _text(row, "status")
    if status != "active":
        raise CannotTake(f"its status is {status or 'missing'}, not active")
    return Read(
        source_id=_needed(row, "id", ID_AT_MOST),
        name=_needed(row, "name", NAME_AT_MOST),
        description=_text(row, "description")[:DESCRIPTION_AT_MOST],
        organisation=_organisation(row),
        area_codes=tuple(code for area in _rows(row, "service_areas") if (code := _code(area))),
        site=next((site for at in _rows(row, "service_at_locations") if (site := _site(at))), None),
    )


def goes_to_people(categories: tuple[str, ...]) -> bool:
    return not categories or bool(set(categories) - AT_A_PLACE)


def is_gone_to(categories: tuple[str, ...]) -> bool:
    return bool(set(categories) & AT_A_PLACE)


def regulator_of(nation: str, description: str) -> str:
    """The regulator that the source's own words show a registration with; empty where they show none."""
    return CARE_INSPECTORATE if nation == "Scotland" and SCOTTISH_REGISTER.match(description) else ""


def _organisation(row: Mapping[str, Any]) -> Organisation:
    organisation = row.get("organization")
    if not isinstance(organisation, Mapping):
        raise CannotTake("it does not say which organisation gives it")
    name = _needed(organisation, "name", NAME_AT_MOST)
    about = _text(organisation, "description")
    return Organisation(
        source_id=_needed(organisation, "id", ID_AT_MOST),
        name=name,
        description="" if about == name else about[:2000],
        email=_text(organisation, "email"),
        website=_text(organisation, "website"),
    )


def _code(area: Mapping[str, Any]) -> str:
    """The ONS code at the end of http://statistics.data.gov.uk/id/statistical-geography/S12000036."""
    found = re.search(r"/statistical-geography/([A-Z][0-9]{8})$", _text(area, "uri"))
    return found[1] if found else ""


def _site(at: Mapping[str, Any]) -> Site | None:
    location = at.get("location")
    if not isinstance(location, Mapping):
        return None
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    address = next(iter(_rows(location, "addresses")), {})
    parts = [_text(address, part) for part in ("address_1", "city", "postal_code")]
    return Site(latitude, longitude, ", ".join(filter(None, parts))[:ADDRESS_AT_MOST], parts[2], parts[1])


def _rows(row: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = row.get(name)
    return [part for part in found if isinstance(part, Mapping)] if isinstance(found, list) else []


def _text(row: Mapping[str, Any], name: str) -> str:
    """What is written there, on one line; nothing where it is missing or is no text. NUL cannot be stored."""
    value = row.get(name)
    return " ".join(value.replace("\x00", "").split()) if isinstance(value, str) else ""


def _needed(row: Mapping[str, Any], name: str, at_most: int) -> str:
    value = _text(row, name)
    if not value:
        raise CannotTake(f"it has no {name}")
    if len(value) > at_most:
        raise CannotTake(f"its {name} is longer than {at_most} characters")
    return value
