"""Small maps as SVG path data: a council, its neighbours, and points, on the British National Grid, north up.

Drawn from what the database holds, so that no tile server learns what anyone looked at, and a PDF needs no network.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from registry.models import Council
from registry.places.geometry import Geometry, Point, Ring, rings
from registry.places.grid import HEIGHT, WIDTH, ring_to_grid

# Half a unit of the drawing: finer cannot be seen, and a coastline such as the Highlands' would weigh down a page.
TOLERANCE = 0.5
MARGIN = 0.06

SCALES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)


@dataclass(frozen=True)
class Frame:
    """The part of the grid that a drawing shows, `width` units of the drawing wide."""

    west: float
    south: float
    east: float
    north: float
    width: int

    @property
    def units_per_metre(self) -> float:
        return self.width / (self.east - self.west)

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.units_per_metre)

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    @property
    def scale_metres(self) -> int:
        """A round distance for the scale bar, at most a third of the width."""
        return next((metres for metres in SCALES if self.length(metres) <= self.width / 3), SCALES[-1])

    @property
    def scale_length(self) -> float:
        return round(self.length(self.scale_metres), 1)

    def length(self, metres: float) -> float:
        return metres * self.units_per_metre

    def at(self, easting: float, northing: float) -> Point:
        """Where a point of the grid lies in the drawing, whose y grows downwards."""
        return (
            round(self.length(easting - self.west), 1),
            round(self.length(self.north - northing), 1),
        )

    def shows(self, easting: float, northing: float) -> bool:
        return self.west <= easting <= self.east and self.south <= northing <= self.north


@dataclass(frozen=True)
class Shape:
    name: str
    path: str


@dataclass(frozen=True)
class CouncilMap:
    frame: Frame
    council: Shape
    neighbours: list[Shape]


def council_map(council: Council, *, width: int = 600, points: Iterable[Point] = ()) -> CouncilMap:
    """The council in the middle, the edges of its neighbours, and room for the points (easting, northing)."""
    frame = frame_around([council.boundary], points, width=width)
    return CouncilMap(
        frame=frame,
        council=Shape(council.name, council_path(council, frame)),
        neighbours=[Shape(other.name, council_path(other, frame)) for other in council.borders.order_by("name")],
    )


def council_path(council: Council, frame: Frame) -> str:
    return boundary_path(council.boundary, frame)


def frame_around(boundaries: Iterable[Geometry], points: Iterable[Point] = (), *, width: int) -> Frame:
    """Everything given, with a margin; the whole of Great Britain when nothing is."""
    outlines = [ring_to_grid(ring) for boundary in boundaries for ring in rings(boundary)]
    corners = [*chain.from_iterable(outlines), *points] or [(0, 0), (WIDTH, HEIGHT)]
    eastings, northings = zip(*corners, strict=True)
    west, east, south, north = min(eastings), max(eastings), min(northings), max(northings)
    # A single point still needs ground around it.
    margin = max(MARGIN * (east - west), MARGIN * (north - south), 500)
    return Frame(west - margin, south - margin, east + margin, north + margin, width)


def boundary_path(boundary: Geometry, frame: Frame) -> str:
    """SVG path data; islands too small to see are left out."""
    outlines = (simplified([frame.at(*point) for point in ring_to_grid(ring)]) for ring in rings(boundary))
    return "".join(ring_path(outline) for outline in outlines if len(outline) > 3)


def ring_path(outline: Ring) -> str:
    """The last point of a GeoJSON ring is its first again, which Z says."""
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in outline[:-1]) + "Z"


def simplified(line: Ring, tolerance: float = TOLERANCE) -> Ring:
    """Douglas and Peucker's way, with a list for a stack: a coastline would go past Python's depth of calls."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far = max(range(first + 1, last), key=lambda i: distance(line[i], line[first], line[last]), default=first)
        if distance(line[far], line[first], line[last]) > tolerance:
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [line[i] for i in sorted(keep)]


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the stretch between two others."""
    (x, y), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length)) if length else 0.0
    return float(((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2) ** 0.5)
