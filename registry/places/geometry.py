"""GeoJSON areas as rings of points. Pure."""

from typing import Any

Geometry = dict[str, Any]
Point = tuple[float, float]
Ring = list[Point]


def rings(geometry: Geometry) -> list[Ring]:
    """Every ring of a Polygon or MultiPolygon, holes and islands too, as points (longitude, latitude)."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]
