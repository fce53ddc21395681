"""What was found, drawn: the same services as the list says, at the middle of the postcode district each is based in.

Never at a door (rule 10): a base is more often than not a home, so those of one district share one mark. Drawn twice
from the same facts: as a picture for everybody, and as GeoJSON for the map that can be moved about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from providers.finding.results import Result
from providers.listings.coverage_map import DrawnPlace, places_in
from registry.models import Council, Outcode
from registry.places.geometry import Ring, rings
from registry.places.grid import to_latitude_longitude
from registry.places.lookup import Place
from registry.places.maps import Frame, council_path, frame_around, simplified

WIDTH = 600
# About a hundred metres: finer cannot be seen, and a coastline would weigh more than all else.
TOLERANCE_IN_DEGREES = 0.001
METRES_AROUND = 4_000
# More than these would hide the map that they stand on.
NUMBERS_AT_MOST = 3


@dataclass(frozen=True)
class Pin:
    """One postcode district, with the services based there; each with its number in the list."""

    code: str
    easting: int
    northing: int
    services: list[tuple[int, Result]]

    @property
    def label(self) -> str:
        """The numbers; of a crowd the first two, and how many more."""
        numbers = [str(number) for number, _result in self.services]
        if len(numbers) <= NUMBERS_AT_MOST:
            return ", ".join(numbers)
        return f"{numbers[0]}, {numbers[1]} +{len(numbers) - 2}"


@dataclass(frozen=True)
class DrawnPin:
    label: str
    x: float
    y: float

    @property
    def width(self) -> int:
        """Room for the label, in units of the drawing."""
        return 14 + 8 * len(self.label)

    @property
    def left(self) -> float:
        return round(self.x - self.width / 2, 1)


@dataclass(frozen=True)
class Drawing:
    frame: Frame
    around: list[str]
    places: list[DrawnPlace]
    pins: list[DrawnPin]
    here: tuple[float, float]


def pins_of(found: Sequence[Result], first: int) -> list[Pin]:
    """`first` is the number of the first in the list. One that named no base has no pin: the list still has it."""
    middles = Outcode.objects.in_bulk({result.content["outcode"] for result in found})
    based: dict[str, list[tuple[int, Result]]] = {}
    for number, result in enumerate(found, start=first):
        if result.content["outcode"] in middles:
            based.setdefault(result.content["outcode"], []).append((number, result))
    return [Pin(code, middles[code].easting, middles[code].northing, services) for code, services in based.items()]


def drawing_of(place: Place, pins: Sequence[Pin]) -> Drawing:
    points: list[tuple[float, float]] = [(pin.easting, pin.northing) for pin in pins]
    corners = [
        (place.easting + east * METRES_AROUND, place.northing + north * METRES_AROUND)
        for east, north in ((-1, -1), (1, 1))
    ]
    frame = frame_around([], [*points, *corners], width=WIDTH)
    return Drawing(
        frame=frame,
        around=[council_path(council, frame) for council in councils_near(place)],
        places=[place for place in places_in(frame) if place.name not in {pin.code for pin in pins}],
        pins=[DrawnPin(pin.label, *frame.at(pin.easting, pin.northing)) for pin in pins],
        here=frame.at(place.easting, place.northing),
    )


def councils_near(place: Place) -> list[Council]:
    """The council of the place and those next to it."""
    if place.council is None:
        return []
    near = Council.objects.filter(pk=place.council.pk) | Council.objects.filter(borders=place.council.pk)
    return list(near.distinct().order_by("pk"))


def geojson_of(place: Place, pins: Sequence[Pin]) -> dict[str, Any]:
    drawn = drawing_of(place, pins)
    names = [_name(drawn.frame, named) for named in drawn.places]
    features = [*map(_boundary, councils_near(place)), *names, *map(_pin, pins), _here(place)]
    return {"type": "FeatureCollection", "features": features}


def _boundary(council: Council) -> dict[str, Any]:
    lines = [thinned for ring in rings(council.boundary) if len(thinned := _thinned(ring)) > 3]
    geometry = {"type": "MultiLineString", "coordinates": lines}
    return _feature(geometry, kind="council", name=council.full_name)


def _thinned(ring: Ring) -> Ring:
    return [(round(east, 4), round(north, 4)) for east, north in simplified(ring, TOLERANCE_IN_DEGREES)]


def _pin(pin: Pin) -> dict[str, Any]:
    services = [
        {
            "number": number,
            "name": result.name,
            "provider": result.provider_name,
            "address": f"{reverse('provider', args=[result.slug])}#service-{result.id}",
            "why": result.why,
        }
        for number, result in pin.services
    ]
    return _feature(_point(pin.easting, pin.northing), kind="pin", name=pin.code, label=pin.label, services=services)


def _name(frame: Frame, named: DrawnPlace) -> dict[str, Any]:
    """A postcode district to find one's way by, since there is no other picture of the ground."""
    scale = frame.units_per_metre
    return _feature(_point(frame.west + named.x / scale, frame.north - named.y / scale), kind="name", name=named.name)


def _here(place: Place) -> dict[str, Any]:
    return _feature(_point(place.easting, place.northing), kind="here", name=_("Where help is needed"))


def _point(easting: float, northing: float) -> dict[str, Any]:
    latitude, longitude = to_latitude_longitude(easting, northing)
    # To some ten metres: the points are middles of districts, and a family's own.
    return {"type": "Point", "coordinates": [round(longitude, 4), round(latitude, 4)]}


def _feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
