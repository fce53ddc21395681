"""Where a listed service reaches. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[int, int]
"""Easting and northing in metres on the British National Grid."""


@dataclass(frozen=True)
class Coverage:
    """Where one listed service reaches: circles (travelled from a base, or people travel to it) and named districts."""

    circles: tuple[tuple[Point, int], ...] = ()
    districts: frozenset[str] = frozenset()

    def reaches(self, place: Point, district: str) -> bool:
        near = any(math.dist(centre, place) <= metres for centre, metres in self.circles)
        return near or district in self.districts
