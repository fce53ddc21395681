"""Where invented providers live: real postcodes of three councils, spread as people are."""

from __future__ import annotations

import random
from collections.abc import Sequence

from providers.demonstration.banks import towns
from providers.demonstration.invented import Spot
from registry.models import District, Postcode

COUNCILS = ("E06000022", "E06000054", "E06000066")


def spots(count: int, rng: random.Random) -> list[Spot]:
    """So many postcodes. Where people live close together there are more of them, so plain chance is fair."""
    councils = dict(District.objects.filter(council__in=COUNCILS).values_list("code", "council_id"))
    rows = Postcode.objects.filter(district_code__in=councils, easting__isnull=False, northing__isnull=False)
    # In the order of their letters, whatever the database's own order of storage is.
    known = [row for row in sorted(rows.values_list("code", "easting", "northing", "district_code")) if _town(row[0])]
    if not known:
        return []
    picked = rng.sample(known, count) if count <= len(known) else rng.choices(known, k=count)
    return [
        _spot(code, easting or 0, northing or 0, councils[district], rng)
        for code, easting, northing, district in picked
    ]


def _spot(code: str, easting: int, northing: int, council: str, rng: random.Random) -> Spot:
    town, *near = _town(code)
    return Spot(f"{code[:-3]} {code[-3:]}", easting, northing, council, town, rng.choice(near))


def _town(code: str) -> Sequence[str]:
    return towns().get(code[:-3], ())
