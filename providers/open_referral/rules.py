"""A service of an Open Referral UK or HSDS 3 row, read strictly and without guessing: what is not said stays unsaid."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from providers.open_referral.asking import Asked, asked_of
from providers.open_referral.costs import Costs, costs_of
from providers.open_referral.hours import Times, times_of
from providers.open_referral.ours import KEY, OurProvider, OurService, our_provider, our_service
from providers.open_referral.plain import Row, long_text, needed, number, rows, text
from providers.open_referral.terms import Terms, terms_of

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
ABOUT_AT_MOST = 2000
ADDRESS_AT_MOST = 120
ID_AT_MOST = 100
# HSDS: what these say of a service that is known already is that families must not find it for now.
NOT_GIVEN = frozenset({"inactive", "defunct", "temporarily closed"})


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
class Area:
    """An area that a service goes to, as its source names it: by code where it has one."""

    codes: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Organisation:
    source_id: str
    name: str
    description: str
    email: str
    website: str
    phone: str
    # Pairs of a register (a code of org-id.guide, or its name in words) and the number there.
    identifiers: tuple[tuple[str, str], ...]
    terms: Terms
    ours: OurProvider | None


@dataclass(frozen=True)
class Read:
    """One service as its source tells of it."""

    source_id: str
    name: str
    description: str
    organisation: Organisation
    areas: tuple[Area, ...]
    site: Site | None
    costs: Costs
    times: Times
    asked: Asked
    terms: Terms
    ours: OurService | None

    @property
    def client_groups(self) -> list[str]:
        told = [group for pattern, group in FOR_WHOM if pattern.search(self.description)]
        return list(dict.fromkeys([*self.asked.client_groups, *told]))


def id_of(row: Any) -> str:
    """For a report about a row that could not be read; empty where it has none."""
    return text(row, "id")[:ID_AT_MOST] if isinstance(row, Mapping) else ""


def ended(row: Any) -> bool:
    """Whether the source says of this service that it is not given, for now or for good."""
    return isinstance(row, Mapping) and text(row, "status") in NOT_GIVEN


def read(row: Any, today: datetime.date) -> Read:
    """The service in one element of `contents`; CannotTake where a part is missing that a listing cannot do without."""
    if isinstance(row, CannotTake):
        # Whoever made the row of something else could not, and says why.
        raise row
    if not isinstance(row, Mapping):
        raise CannotTake("it is not an object")
    status = text(row, "status")
    if status != "active":
        raise CannotTake(f"its status is {status or 'missing'}, not active")
    try:
        return _read(row, today)
    except ValueError as reason:
        raise CannotTake(str(reason)) from None


def _read(row: Row, today: datetime.date) -> Read:
    return Read(
        source_id=needed(row, "id", ID_AT_MOST),
        name=needed(row, "name", NAME_AT_MOST),
        description=long_text(row, "description", DESCRIPTION_AT_MOST, is_plain=KEY in row),
        organisation=_organisation(row),
        areas=tuple(map(_area, _areas(row))),
        site=next((site for place in _places(row) if (site := _site(place))), None),
        costs=costs_of(row, today),
        times=times_of(row, today),
        asked=asked_of(row),
        terms=terms_of(row),
        ours=our_service(row),
    )


def goes_to_people(categories: tuple[str, ...]) -> bool:
    return not categories or bool(set(categories) - AT_A_PLACE)


def is_gone_to(categories: tuple[str, ...]) -> bool:
    return bool(set(categories) & AT_A_PLACE)


def regulator_of(nation: str, description: str) -> str:
    """The regulator that the source's own words show a registration with; empty where they show none."""
    return CARE_INSPECTORATE if nation == "Scotland" and SCOTTISH_REGISTER.match(description) else ""


def _organisation(row: Row) -> Organisation:
    organisation = row.get("organization")
    if not isinstance(organisation, Mapping):
        raise ValueError("it does not say which organisation gives it")
    name = needed(organisation, "name", NAME_AT_MOST)
    about = long_text(organisation, "description", ABOUT_AT_MOST, is_plain=KEY in organisation)
    contacts = [*rows(organisation, "contacts"), *rows(row, "contacts")]
    # A named person's own number or address is theirs: what is taken is how the service is reached.
    emails = [text(part, "email") for part in (organisation, row, *contacts)]
    return Organisation(
        source_id=needed(organisation, "id", ID_AT_MOST),
        name=name,
        description="" if about == name else about,
        email=next(filter(None, emails), ""),
        website=_website(organisation, row),
        phone=_phone(organisation, row, contacts),
        identifiers=tuple(
            (text(held, "identifier_scheme") or text(held, "identifier_type"), text(held, "identifier"))
            for held in rows(organisation, "organization_identifiers")
        ),
        terms=terms_of(organisation),
        ours=our_provider(organisation),
    )


def _website(organisation: Row, row: Row) -> str:
    # In a feed of ours the address of a service is its page in that register, and no website of theirs.
    others = () if KEY in organisation else (text(organisation, "url"), text(row, "url"))
    return next(filter(None, (text(organisation, "website"), *others)), "")


def _phone(organisation: Row, row: Row, contacts: list[Row]) -> str:
    """The first number that is spoken into: a fax or a text line answers nobody."""
    places = [organisation, row, *contacts, *_places(row)]
    for phone in (phone for place in places for phone in rows(place, "phones")):
        if text(phone, "type").lower() not in ("fax", "pager", "tty", "sms"):
            found = " ".join(filter(None, [text(phone, "number"), _extension(phone)]))
            if re.search(r"\d{3}", found) and len(found) <= 30:
                return found
    return ""


def _extension(phone: Row) -> str:
    extension = text(phone, "extension") or str(phone.get("extension") or "")
    return f"ext {extension}" if extension.isdigit() else ""


def _areas(row: Row) -> list[Row]:
    """Of the service, and of its places: HSDS 3.1 lets either say where it goes."""
    return [
        *rows(row, "service_areas"),
        *(a for at in rows(row, "service_at_locations") for a in rows(at, "service_areas")),
    ]


def _area(area: Row) -> Area:
    """The ONS code at the end of http://statistics.data.gov.uk/id/statistical-geography/S12000036, or beside a name."""
    said = [text(area, key) for key in ("uri", "name", "service_area", "extent", "description")]
    codes = [code for words in said[:4] for code in re.findall(r"(?<![A-Z0-9])[EWSNK]\d{8}(?![A-Z0-9])", words[:400])]
    return Area(tuple(dict.fromkeys(codes)), tuple(words for words in said[1:4] if 0 < len(words) <= 100))


def _places(row: Row) -> list[Row]:
    nested = (at.get("location") for at in rows(row, "service_at_locations"))
    found = [*(place for place in nested if isinstance(place, Mapping)), *rows(row, "locations")]
    return [place for place in found if text(place, "location_type") not in ("virtual", "postal")]


def _site(location: Row) -> Site | None:
    latitude, longitude = number(location, "latitude"), number(location, "longitude")
    address = next(iter([*rows(location, "addresses"), *rows(location, "physical_addresses")]), {})
    parts = [text(address, part) for part in ("address_1", "city", "postal_code")]
    if latitude is None or longitude is None:
        # A postcode says where it is as well; whoever writes looks its point up.
        latitude = longitude = math.nan
        if not parts[2]:
            return None
    return Site(latitude, longitude, ", ".join(filter(None, parts))[:ADDRESS_AT_MOST], parts[2], parts[1])
