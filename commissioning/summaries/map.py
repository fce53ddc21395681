"""The maps of a summary: the council's outline, its neighbours, the postcode districts of the area and of bases.

Drawn from our own boundaries on the British National Grid. A base is shown at the middle of its postcode district,
because a base is more often than not somebody's home (rule 10).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from commissioning.sourcing.field import LotField
from commissioning.sourcing.rules import Fit
from registry.models import Council, Outcode
from registry.places.maps import Frame, council_map

WIDTH = 600
BEST_FIRST = (Fit.FITS, Fit.NOT_KNOWN, Fit.NOT_YET)


def map_facts(council: Council, fields: Iterable[LotField]) -> dict[str, Any]:
    """Shapes and counts, ready to draw: `bases` has the postcode districts of bases, `reach` those of the area."""
    fields = list(fields)
    stands = standing_by_outcode(fields)
    places = list(Outcode.objects.filter(pk__in=stands).order_by("pk"))
    area = {place.code: place for field in fields for place in field.places}
    reached = [reach_by_outcode(field) for field in fields]
    points = [(place.easting, place.northing) for place in [*places, *area.values()]]
    drawn = council_map(council, width=WIDTH, points=points)
    return {
        "view_box": drawn.frame.view_box,
        "width": drawn.frame.width,
        "height": drawn.frame.height,
        "outline": drawn.council.path,
        "neighbours": [neighbour.path for neighbour in drawn.neighbours],
        "bases": [base_row(place, stands[place.code], drawn.frame) for place in places],
        "reach": [reach_row(area[code], reached, drawn.frame) for code in sorted(area)],
        "reach_words": _("Map of %(council)s with a dot on each postcode district of the area.")
        % {"council": council.name},
        "words": _("Map of %(council)s with a dot on each postcode district where services are based.")
        % {"council": council.name},
    }


def standing_by_outcode(fields: Iterable[LotField]) -> dict[str, list[Fit]]:
    """How services stand, by the postcode district of their base; each counted once, where it stands best."""
    best: dict[UUID, tuple[str, Fit]] = {}
    for field in fields:
        for one in field.standings:
            outcode, fit = one.provider["outcode"], one.assessment.fit
            known = best.get(one.listing.pk)
            if outcode and (known is None or BEST_FIRST.index(fit) < BEST_FIRST.index(known[1])):
                best[one.listing.pk] = (outcode, fit)
    found: dict[str, list[Fit]] = {}
    for outcode, fit in best.values():
        found.setdefault(outcode, []).append(fit)
    return found


def reach_by_outcode(field: LotField) -> dict[str, int]:
    """How many services of the lot's field reach each postcode district of its area; 0 is a gap."""
    counted = Counter(code for one in field.standings for code in one.reaches)
    return {place.code: counted[place.code] for place in field.places}


def reach_row(place: Outcode, reached: Iterable[dict[str, int]], frame: Frame) -> dict[str, Any]:
    """A gap where a lot wants somebody and nobody comes."""
    x, y = frame.at(place.easting, place.northing)
    return {"outcode": place.code, "x": x, "y": y, "is_gap": any(lot.get(place.code) == 0 for lot in reached)}


def base_row(place: Outcode, fits: list[Fit], frame: Frame) -> dict[str, Any]:
    x, y = frame.at(place.easting, place.northing)
    return {
        "outcode": place.code,
        "x": x,
        "y": y,
        "r": round(3 + 2 * math.sqrt(len(fits)), 1),
        **{fit.value: fits.count(fit) for fit in Fit},
    }
