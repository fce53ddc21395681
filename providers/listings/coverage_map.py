"""Where a service goes, drawn and counted, from what a version says of it.

A base is drawn at the middle of its postcode district: the point itself is more often than not a home (rule 10). So
neither the circle nor the number of people inside it says more than the words beside them do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from providers.listings.freeze import METRES_IN_A_MILE
from providers.models.coverage import Reach
from registry.models import Council, District, Outcode
from registry.places.geometry import Point
from registry.places.maps import Frame, council_path, frame_around
from registry.places.population import Circle, Ground, residents, rounded

Frozen = Mapping[str, Any]
WIDTH = 600
MOST_PLACES = 60
# In units of the drawing, a little more than a name such as BA11 takes.
NAME_WIDE, NAME_HIGH = 48, 22


@dataclass(frozen=True)
class OnTheGround:
    """About how many people live where a service goes, if that is known; and whether our maps can show where that is.

    There is nothing to draw where people come to them, or nobody has said.
    """

    people: int | None
    can_be_drawn: bool


@dataclass(frozen=True)
class DrawnCircle:
    x: float
    y: float
    r: float


@dataclass(frozen=True)
class DrawnPlace:
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class CoverageMap:
    """`around` and `places` are for finding one's way; `areas` and `circles` are where the service goes."""

    frame: Frame
    around: list[str]
    areas: list[str]
    circles: list[DrawnCircle]
    places: list[DrawnPlace]


def on_the_ground(services: Sequence[Frozen]) -> list[OnTheGround]:
    """The same for every service of a version, in a fixed number of queries."""
    grounds = _grounds([service["coverage"] for service in services])
    return [
        OnTheGround(rounded(people) if people else None, bool(ground.circles or ground.districts))
        for ground, people in zip(grounds, residents(grounds), strict=True)
    ]


def coverage_map(service: Frozen) -> CoverageMap | None:
    """None where nothing of it can be drawn."""
    (ground,) = _grounds([service["coverage"]])
    if not ground.circles and not ground.districts:
        return None
    named = _councils_of(ground.districts)
    frame = frame_around([council.boundary for council in named], _corners(ground.circles), width=WIDTH)
    return CoverageMap(
        frame=frame,
        around=[council_path(council, frame) for council in _councils_near(named, service["coverage"])],
        areas=[council_path(council, frame) for council in named],
        circles=[_drawn(circle, frame) for circle in ground.circles],
        places=places_in(frame),
    )


def _grounds(coverages: Sequence[Sequence[Frozen]]) -> list[Ground]:
    rows = [row for coverage in coverages for row in coverage]
    middles = {place.pk: place for place in Outcode.objects.filter(pk__in=_bases(rows))}
    districts = _districts_of({row["code"] for row in rows if row["reach"] == Reach.AREA})
    return [_ground(coverage, middles, districts) for coverage in coverages]


def _ground(
    coverage: Sequence[Frozen], middles: Mapping[str, Outcode], districts: Mapping[str, frozenset[str]]
) -> Ground:
    circles = tuple(
        Circle(middle.easting, middle.northing, round(row["miles"] * METRES_IN_A_MILE))
        for row in coverage
        if row["reach"] == Reach.DISTANCE and (middle := middles.get(row["from"]))
    )
    named = [districts.get(row["code"], frozenset()) for row in coverage if row["reach"] == Reach.AREA]
    return Ground(circles, frozenset().union(*named))


def _bases(rows: Iterable[Frozen]) -> set[str]:
    return {row["from"] for row in rows if row["reach"] == Reach.DISTANCE}


def _districts_of(codes: set[str]) -> dict[str, frozenset[str]]:
    """The districts that each code stands for: a council's all, a district's own."""
    found: dict[str, frozenset[str]] = {code: frozenset([code]) for code in codes}
    for council, district in District.objects.filter(council__in=codes).values_list("council", "pk"):
        found[council] = found[council] | {district}
    return found


def _councils_of(districts: frozenset[str]) -> list[Council]:
    """Our boundaries are those of councils: a district of a county is drawn as the county that it lies in."""
    return list(Council.objects.filter(districts__in=districts).distinct().order_by("pk")) if districts else []


def _councils_near(named: Sequence[Council], coverage: Sequence[Frozen]) -> list[Council]:
    bases = Outcode.objects.filter(pk__in=_bases(coverage)).values("district_code")
    here = {council.pk for council in named}
    here |= set(District.objects.filter(pk__in=bases).values_list("council", flat=True))
    near = Council.objects.filter(pk__in=here) | Council.objects.filter(borders__in=here)
    return list(near.distinct().order_by("pk"))


def _corners(circles: Iterable[Circle]) -> list[Point]:
    return [
        corner
        for circle in circles
        for corner in (
            (circle.easting - circle.metres, circle.northing - circle.metres),
            (circle.easting + circle.metres, circle.northing + circle.metres),
        )
    ]


def places_in(frame: Frame) -> list[DrawnPlace]:
    """The postcode districts with most postcodes, not so near to each other that their names would touch."""
    inside = Outcode.objects.filter(
        easting__range=(round(frame.west), round(frame.east)), northing__range=(round(frame.south), round(frame.north))
    )
    shown: list[DrawnPlace] = []
    for place in inside.order_by("-postcodes", "pk")[:MOST_PLACES]:
        x, y = frame.at(place.easting, place.northing)
        if all(abs(x - other.x) > NAME_WIDE or abs(y - other.y) > NAME_HIGH for other in shown):
            shown.append(DrawnPlace(place.code, x, y))
    return shown


def _drawn(circle: Circle, frame: Frame) -> DrawnCircle:
    x, y = frame.at(circle.easting, circle.northing)
    return DrawnCircle(x, y, round(frame.length(circle.metres), 1))
