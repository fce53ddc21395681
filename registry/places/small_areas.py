"""The small areas of the census that ship with the site: where people live in England and Wales."""

from __future__ import annotations

import gzip

from django.db import connection, transaction

from registry.models import SmallArea
from registry.places.loading import DATA

FILE = DATA / "small_areas.csv.gz"
COPY = """
COPY registry_smallarea (code, easting, northing, district_code, residents, disabled) FROM STDIN (FORMAT csv, HEADER)
"""


def load_small_areas(*, again: bool) -> int:
    """Replace them all, or leave them where they are loaded already; returns how many came in."""
    if SmallArea.objects.exists() and not again:
        return 0
    with transaction.atomic(), gzip.open(FILE) as file, connection.cursor() as cursor:
        SmallArea.objects.all().delete()
        # COPY goes past Django's cursor, and its errors with it.
        with connection.wrap_database_errors, cursor.copy(COPY) as out:
            while block := file.read(1 << 16):
                out.write(block)
    return SmallArea.objects.count()
