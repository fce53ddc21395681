"""The map of a summary: the council's outline, its neighbours, and the postcode districts where providers are based.

Drawn from our own boundaries on the British National Grid. A base is shown at the middle of its postcode district,
because a base is more often than not somebody's home (rule 10).
"""

from __future__ import annotations

import math
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
    """Shapes and counts, ready to draw: `bases` holds one row for each postcode district, with its place in the box."""
    stands = standing_by_outcode(fields)
    places = list(Outcode.objects.filter(pk__in=stands).order_by("pk"))
    drawn = council_map(council, width=WIDTH, points=[(place.easting, place.northing) for place in places])
    return {
        "view_box": drawn.frame.view_box,
        "width": drawn.frame.width,
        "height": drawn.frame.height,
        "outline": drawn.council.path,
        "neighbours": [neighbour.path for neighbour in drawn.neighbours],
        "bases": [base_row(place, stands[place.code], drawn.frame) for place in places],
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


def base_row(place: Outcode, fits: list[Fit], frame: Frame) -> dict[str, Any]:
    x, y = frame.at(place.easting, place.northing)
    return {
        "outcode": place.code,
        "x": x,
        "y": y,
        "r": round(3 + 2 * math.sqrt(len(fits)), 1),
        **{fit.value: fits.count(fit) for fit in Fit},
    }
