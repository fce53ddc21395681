"""Where a council's people live, as points, and which of them a service comes to or is near enough to be gone to.

Pure but for its one query. A county has some 1,500 points and 2,000 services, so each service is held against all the
points at once; the same by an index costs a look-up for every pair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.models import Council, SmallArea
from registry.places.population import Circle
from registry.places.queries import outcodes_of

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Ground:
    """Small areas of the census with their people; of a council without a census here, its postcode districts."""

    codes: tuple[str, ...]
    districts: tuple[str, ...]
    eastings: Numbers
    northings: Numbers
    residents: Numbers
    disabled: Numbers
    has_people: bool

    @property
    def nowhere(self) -> Mask:
        return np.zeros(len(self.codes), dtype=bool)

    def reached(self, circles: Iterable[Circle], districts: frozenset[str], *, further: int = 0) -> Mask:
        """The points inside any circle, each drawn `further` metres wider, or in any of the districts."""
        found = self.nowhere
        for circle in circles:
            east, north = self.eastings - circle.easting, self.northings - circle.northing
            found |= east * east + north * north <= (circle.metres + further) ** 2
        for code in districts & self._members.keys():
            found |= self._members[code]
        return found

    @cached_property
    def _members(self) -> dict[str, Mask]:
        codes = np.array(self.districts)
        return {code: codes == code for code in set(self.districts)}

    @cached_property
    def circle(self) -> Circle | None:
        """A circle with every point in it; None where there is none."""
        if not self.codes:
            return None
        east = int(self.eastings.min() + self.eastings.max()) // 2
        north = int(self.northings.min() + self.northings.max()) // 2
        away = np.hypot(self.eastings - east, self.northings - north).max()
        return Circle(east, north, int(np.ceil(away)))

    def people(self, where: Mask) -> int:
        return int(self.residents[where].sum())

    def disabled_people(self, where: Mask) -> int:
        return int(self.disabled[where].sum())


def ground_of(council: Council) -> Ground:
    """By the census of 2021 of England and Wales where it knows the council, else by postcode districts. Two queries
    at most."""
    of_council = council.districts.values("code")
    columns = ("code", "district_code", "easting", "northing", "residents", "disabled")
    rows: list[Any] = list(
        SmallArea.objects.filter(district_code__in=of_council).order_by("code").values_list(*columns)
    )
    has_people = bool(rows)
    if not has_people:
        places = outcodes_of(council).values_list("code", "district_code", "easting", "northing")
        rows = [(*place, 0, 0) for place in places]
    codes, districts, *numbers = zip(*rows, strict=True) if rows else ((),) * len(columns)
    east, north, residents, disabled = (np.array(column, dtype=np.int64) for column in numbers)
    return Ground(codes, districts, east, north, residents, disabled, has_people)
