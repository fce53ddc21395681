"""Where people go to a service, as far as that may be told: the place itself, or the middle of a postcode district.

A base may be somebody's home, and a home's address and point are never published (rule 10). So a place is told exactly
only where it is known not to be the base, or where the whole address already stands in the public words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from providers.models import Coverage
from providers.models.coverage import Reach
from registry.models import District
from registry.models.postcode import Outcode, Postcode
from registry.places.grid import to_latitude_longitude

WHOLE_ADDRESS = re.compile(r"(?P<first>.+), (?P<city>[^,]+), (?P<postcode>[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})")
Frozen = dict[str, Any]


@dataclass(frozen=True)
class Door:
    """`address` is empty for who is home-based: then the point is the middle of the district named."""

    name: str
    point: tuple[float, float] | None
    address: dict[str, str]


def way_in(service: Frozen) -> Frozen | None:
    """The frozen words of how people come to this service, if they do."""
    return next((way for way in service["coverage"] if way["reach"] == Reach.COME_TO_US), None)


def doors_of(told: Iterable[tuple[Frozen, Frozen, str]]) -> dict[str, Door]:
    """By id of service, of (listing, service, nation). Four queries, however many there are."""
    wanted = [(content, service, nation) for content, service, nation in told if way_in(service)]
    rows = Coverage.objects.filter(service__in=[service["id"] for _, service, _ in wanted], reach=Reach.COME_TO_US)
    kept = {str(row.service_id): row for row in rows}
    towns = _districts(row.postcode for row in kept.values())
    middles = Outcode.objects.in_bulk({content["outcode"] for content, _, _ in wanted})
    return {
        service["id"]: _door(content, service, kept.get(service["id"]), middles, towns, nation)
        for content, service, nation in wanted
    }


def _door(
    content: Frozen,
    service: Frozen,
    row: Coverage | None,
    middles: dict[str, Outcode],
    districts: dict[str, str],
    nation: str,
) -> Door:
    place = (way_in(service) or {}).get("place", "")
    # The row may be ahead of what was approved; then its point belongs to a place that nobody may know of yet.
    same = row if row is not None and row.place == place else None
    address = _address(place, same, districts, nation)
    if address and same is not None:
        return Door(place, _point(same.easting, same.northing), address)
    middle = middles.get(content["outcode"])
    name = " ".join(filter(None, [content["town"], content["outcode"]])) or place
    return Door(name, _point(middle.easting, middle.northing) if middle else None, {})


def _address(place: str, row: Coverage | None, districts: dict[str, str], nation: str) -> dict[str, str]:
    written = WHOLE_ADDRESS.fullmatch(place)
    if written:
        first, city, postcode = written["first"], written["city"], written["postcode"]
    elif row is not None and row.postcode and place and row.postcode.replace(" ", "") in districts:
        first, city, postcode = place, districts[row.postcode.replace(" ", "")], row.postcode
    else:
        return {}
    return {
        "address_1": first,
        "city": city,
        "state_province": nation,
        "postal_code": postcode,
        "country": "GB",
        "address_type": "physical",
    }


def _districts(postcodes: Iterable[str]) -> dict[str, str]:
    """By postcode without its space, the name of the district it lies in."""
    known = Postcode.objects.in_bulk({code.replace(" ", "") for code in postcodes if code})
    names = District.objects.in_bulk({postcode.district_code for postcode in known.values()})
    return {code: names[row.district_code].name for code, row in known.items() if row.district_code in names}


def _point(easting: int | None, northing: int | None) -> tuple[float, float] | None:
    return None if easting is None or northing is None else to_latitude_longitude(easting, northing)
