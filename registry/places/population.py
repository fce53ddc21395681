"""How many people live in a place that somebody goes to, by the census of 2021 (England and Wales)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Power
from django.db.models.lookups import LessThanOrEqual

from registry.models import SmallArea


@dataclass(frozen=True)
class Circle:
    """Metres on the British National Grid."""

    easting: int
    northing: int
    metres: int


@dataclass(frozen=True)
class Ground:
    """Circles and whole districts together; what lies in several of them is counted once."""

    circles: tuple[Circle, ...] = ()
    districts: frozenset[str] = frozenset()


def residents(grounds: Sequence[Ground]) -> list[int | None]:
    """How many people live on each, in one query; None where the census of England and Wales knows nobody.

    A small area counts whole if the point inside it does: of a few miles that is exact to some hundreds of people.
    """
    wanted = {f"ground_{number}": Sum("residents", filter=_inside(ground)) for number, ground in enumerate(grounds)}
    counted = SmallArea.objects.aggregate(**wanted) if wanted else {}
    return [counted[name] or None for name in wanted]


def rounded(people: int) -> int:
    """Two figures: more would claim to know what a census of 2021 cannot say of today."""
    digits = len(str(people))
    return round(people, 2 - digits) if digits > 2 else people


def _inside(ground: Ground) -> Q:
    inside = Q(district_code__in=ground.districts)
    for circle in ground.circles:
        inside |= _in_circle(circle)
    return inside


def _in_circle(circle: Circle) -> Q:
    """The box first: it is cheaper to compare than a distance is to reckon."""
    box = Q(
        easting__range=(circle.easting - circle.metres, circle.easting + circle.metres),
        northing__range=(circle.northing - circle.metres, circle.northing + circle.metres),
    )
    away = Power(F("easting") - circle.easting, 2) + Power(F("northing") - circle.northing, 2)
    return box & Q(LessThanOrEqual(away, Value(circle.metres**2)))
