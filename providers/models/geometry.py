"""PostgreSQL's own `circle` type: enough for "who reaches this point", with an index, and no PostGIS."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from typing import Any

from django.db import models


class CircleField(models.Field[str | None, str | None]):
    """Metres on the British National Grid, written as `<(x,y),r>`."""

    description = "a circle on the British National Grid"

    def db_type(self, connection: Any) -> str:
        return "circle"

    @staticmethod
    def read(text: str) -> tuple[tuple[int, int], int]:
        """The middle and the radius in metres of a circle as PostgreSQL writes it."""
        east, north, metres = (round(float(number)) for number in re.findall(r"-?[0-9.]+(?:e[+-]?[0-9]+)?", text))
        return (east, north), metres

    @classmethod
    def round(cls, points: Collection[tuple[int, int]]) -> str | None:
        """A circle with all these points in it: the middle of their box, and the distance to the furthest."""
        if not points:
            return None
        easts, norths = zip(*points, strict=True)
        east, north = (min(easts) + max(easts)) // 2, (min(norths) + max(norths)) // 2
        return cls.written(east, north, math.ceil(max(math.dist((east, north), point) for point in points)))

    @staticmethod
    def written(easting: int, northing: int, metres: int) -> str:
        return f"<({easting},{northing}),{metres}>"


@CircleField.register_lookup
class Touches(models.Lookup[Any]):
    """`circle && circle`: they have a point in common. The right side is (easting, northing, metres)."""

    lookup_name = "touches"

    def get_prep_lookup(self) -> str:
        return CircleField.written(*self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} && %s::circle", (*left_params, self.rhs)
