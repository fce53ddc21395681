"""Between latitude and longitude (WGS 84) and the British National Grid, whose unit is the metre."""

import math
from collections.abc import Iterable
from functools import cache

from pyproj import Transformer

# The grid's own extent; outside it the projection answers with nonsense rather than an error.
WIDTH, HEIGHT = 700_000, 1_300_000


@cache
def transformer(source: str, target: str) -> Transformer:
    """Slow to build, so built once a process. True within 5 metres without correction grids."""
    return Transformer.from_crs(source, target, always_xy=True, allow_ballpark=False)


def to_grid(latitude: float, longitude: float) -> tuple[int, int]:
    """Easting and northing in whole metres. ValueError when the point is not in Great Britain or near it."""
    easting, northing = transformer("EPSG:4326", "EPSG:27700").transform(longitude, latitude)
    if not (0 <= easting < WIDTH and 0 <= northing < HEIGHT):
        raise ValueError(f"{latitude}, {longitude} is not on the British National Grid")
    return round(easting), round(northing)


def ring_to_grid(ring: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """A GeoJSON ring (longitude, latitude) in one call of the projection, which a boundary needs to be quick."""
    longitudes, latitudes = zip(*ring, strict=True)
    eastings, northings = transformer("EPSG:4326", "EPSG:27700").transform(longitudes, latitudes)
    return list(zip(eastings, northings, strict=True))


def to_latitude_longitude(easting: float, northing: float) -> tuple[float, float]:
    """Six decimals: a tenth of a metre, finer than what goes in."""
    longitude, latitude = transformer("EPSG:27700", "EPSG:4326").transform(easting, northing)
    return round(latitude, 6), round(longitude, 6)


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """As the crow flies on the grid, whose scale is true within 0.1 % anywhere in Great Britain."""
    return math.dist(one, other)
