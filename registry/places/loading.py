"""The councils, districts and boundaries that ship with the site, from registry/places/data.

Plain functions that take the model classes: migrations hand them the models as they were at that step.
"""

import csv
import json
from collections import defaultdict
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from registry.places.geometry import Geometry, rings

DATA = Path(__file__).resolve().parent / "data"


def load_councils(council_model: Any, district_model: Any) -> None:
    """Make or mend the councils, who adjoins whom, and the districts; a council's own settings stay."""
    shapes = read_boundaries()
    council_model.objects.bulk_create(
        [council_model(**row, boundary=shapes[row["code"]]) for row in read_rows("councils.csv")],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "nation", "kind", "boundary"],
    )
    district_model.objects.bulk_create(
        [
            district_model(code=row["code"], name=row["name"], council_id=row["council"])
            for row in read_rows("districts.csv")
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "council"],
    )
    load_borders(council_model, shapes)


def load_borders(council_model: Any, shapes: dict[str, Geometry]) -> None:
    border = council_model.borders.through
    border.objects.all().delete()
    border.objects.bulk_create(
        border(from_council_id=one, to_council_id=other)
        for pair in sorted(adjoining(shapes))
        for one, other in (pair, pair[::-1])
    )


def read_rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_boundaries() -> dict[str, Geometry]:
    """GeoJSON geometries in WGS 84, by the code of the council."""
    collection = json.loads((DATA / "boundaries.geojson").read_text(encoding="utf-8"))
    return {feature["properties"]["code"]: feature["geometry"] for feature in collection["features"]}


def adjoining(shapes: dict[str, Geometry]) -> set[tuple[str, str]]:
    """Pairs of codes, smaller first, whose boundaries run along the same line.

    The boundaries were simplified together, so neighbours share their line exactly, and the coast was cut off first,
    so councils that face each other over an estuary share nothing.
    """
    owners: dict[frozenset[tuple[float, float]], set[str]] = defaultdict(set)
    for code, geometry in shapes.items():
        for ring in rings(geometry):
            for stretch in pairwise(ring):
                owners[frozenset(stretch)].add(code)
    return {pair for codes in owners.values() for pair in combinations(sorted(codes), 2)}
