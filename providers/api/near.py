"""From latitude and longitude to the nearest postcode: no finer, so that no question finds a single door (rule 10)."""

from __future__ import annotations

from django.db.models import F, FloatField, Func, Value
from django.db.models.functions import Length

from registry.models import Outcode, Postcode
from registry.places.grid import metres_between, to_grid
from registry.places.lookup import Place, look_up

# The middles of districts lie apart: the nearest postcode is of one of the nearest few.
DISTRICTS = 4
# Beyond this a point is in the sea or abroad.
FURTHEST = 20_000


def nearest_postcode(latitude: float, longitude: float) -> Place | None:
    """None outside of Great Britain."""
    try:
        here = to_grid(latitude, longitude)
    except ValueError:
        return None
    away = _distance(here)
    districts = Outcode.objects.order_by(away, "pk")[:DISTRICTS]
    nearest: Postcode | None = None
    for code in [district.code for district in districts]:
        # BA1 is not BA11: the second half has three letters.
        inside = Postcode.objects.alias(letters=Length("code")).filter(code__startswith=code, letters=len(code) + 3)
        found = inside.filter(easting__isnull=False).order_by(away, "pk").first()
        if found and (nearest is None or _metres(found, here) < _metres(nearest, here)):
            nearest = found
    if nearest is None or _metres(nearest, here) > FURTHEST:
        return None
    place = look_up(nearest.code)
    return place if isinstance(place, Place) else None


def _distance(here: tuple[int, int]) -> Func:
    point = Func(F("easting"), F("northing"), function="point", output_field=FloatField())
    there = Func(Value(here[0]), Value(here[1]), function="point", output_field=FloatField())
    return Func(point, there, template="(%(expressions)s)", arg_joiner=" <-> ", output_field=FloatField())


def _metres(postcode: Postcode, here: tuple[int, int]) -> float:
    return metres_between((postcode.easting or 0, postcode.northing or 0), here)
