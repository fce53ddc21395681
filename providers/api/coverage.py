"""Where a service goes, for programs: its ways in words and codes, and a shape that says no more than they do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from providers.api.facts import Facts, told
from providers.finding import wording
from providers.listings.freeze import METRES_IN_A_MILE
from providers.models.coverage import Reach
from registry.models import Council, District, Outcode
from registry.places.grid import to_latitude_longitude

CORNERS = 64


def coverage_facts(service_id: UUID, coverage: Sequence[Facts]) -> Facts:
    named = [way["code"] for way in coverage if way["reach"] == Reach.AREA]
    districts = District.objects.filter(pk__in=named) | District.objects.filter(council__in=named)
    return {
        "service_id": str(service_id),
        "ways": [_way(way) for way in coverage],
        "area_codes": sorted(set(districts.values_list("pk", flat=True))),
        "shape": {"type": "FeatureCollection", "features": [*_circles(coverage), *_areas(named)]},
    }


def _way(way: Facts) -> Facts:
    return told(
        {
            "reach": way["reach"],
            "words": wording.where(way),
            "base": way.get("from"),
            "miles": way.get("miles"),
            "area_code": way.get("code"),
            "area_name": way.get("name"),
            "place": way.get("place"),
        }
    )


def _circles(coverage: Sequence[Facts]) -> list[Facts]:
    """Around the middle of the postcode district: never around a home (rule 10)."""
    travels = [way for way in coverage if way["reach"] == Reach.DISTANCE]
    middles = {place.pk: place for place in Outcode.objects.filter(pk__in=[way["from"] for way in travels])}
    return [
        _feature(
            {"type": "Polygon", "coordinates": [_ring(middle, way["miles"] * METRES_IN_A_MILE)]},
            reach=way["reach"],
            drawn_around=f"the middle of {middle.pk}",
            miles=way["miles"],
        )
        for way in travels
        if (middle := middles.get(way["from"]))
    ]


def _ring(middle: Outcode, metres: float) -> list[list[float]]:
    """Longitude and latitude, against the clock, closed: RFC 7946."""
    turns = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    points = [(middle.easting + metres * math.cos(t), middle.northing + metres * math.sin(t)) for t in turns]
    ring = [[longitude, latitude] for latitude, longitude in (to_latitude_longitude(*point) for point in points)]
    return [*ring, ring[0]]


def _areas(codes: list[str]) -> list[Facts]:
    """Councils that are named; a district that is a whole council's is drawn as that. We hold no others' boundaries."""
    whole = {council.pk: council for council in Council.objects.filter(pk__in=codes)}
    return [
        _feature(council.boundary, reach=Reach.AREA.value, area_code=council.pk, area_name=council.full_name)
        for council in whole.values()
    ]


def _feature(geometry: Any, **properties: Any) -> Facts:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
