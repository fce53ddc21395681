"""Replaces the whole national list at once: readers keep the old one until the new one stands."""

from collections.abc import Callable, Iterable

from django.db import connection, transaction

from registry.models import Postcode
from registry.places.postcode_sources import Batch

# Any number that no other part of the site locks.
ONE_LOAD_AT_A_TIME = 20_251_101

START = """
CREATE TABLE registry_postcode_new (LIKE registry_postcode INCLUDING DEFAULTS)
"""

COPY = "COPY registry_postcode_new (code, easting, northing, district_code, ward_code) FROM STDIN"

# The key comes after the rows: building it once is quicker than growing it row by row.
SWAP = """
ALTER TABLE registry_postcode_new ADD CONSTRAINT registry_postcode_new_pkey PRIMARY KEY (code);
DROP TABLE registry_postcode;
ALTER TABLE registry_postcode_new RENAME TO registry_postcode;
ALTER INDEX registry_postcode_new_pkey RENAME TO registry_postcode_pkey;
ANALYZE registry_postcode;
"""

# The middle is the median each way: one sorting office far from the streets it serves does not move it.
OUTCODES = """
DELETE FROM registry_outcode;
INSERT INTO registry_outcode (code, easting, northing, district_code, postcodes)
SELECT left(code, length(code) - 3),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY easting),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY northing),
       mode() WITHIN GROUP (ORDER BY district_code),
       count(*)
FROM registry_postcode WHERE easting IS NOT NULL AND northing IS NOT NULL
GROUP BY 1;
ANALYZE registry_outcode;
"""

# L99999999 and M99999999 stand for the Channel Islands and the Isle of Man.
UNKNOWN_DISTRICTS = """
SELECT district_code, count(*) FROM registry_postcode
WHERE district_code <> '' AND district_code !~ '^[LMN]'
  AND NOT EXISTS (SELECT 1 FROM registry_district WHERE registry_district.code = district_code)
GROUP BY 1 ORDER BY 1
"""


def is_loaded(stamp: str) -> bool:
    return Postcode.objects.exists() and read_stamp() == stamp


@transaction.atomic
def replace_list(*, batches: Iterable[Batch], stamp: str, progress: Callable[[int], object]) -> int:
    """How many postcodes the list now holds. All of it is one transaction: stopped half-way, nothing has happened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_LOAD_AT_A_TIME])
        cursor.execute(START)
        count = copy(batches, progress)
        cursor.execute(SWAP)
        cursor.execute(OUTCODES)
    write_stamp(stamp)
    return count


def copy(batches: Iterable[Batch], progress: Callable[[int], object]) -> int:
    count = 0
    # COPY goes past Django's cursor, and its errors with it.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(COPY) as out:
        for batch in batches:
            for row in batch.rows:
                out.write_row(row)
            count += len(batch.rows)
            progress(batch.done)
    return count


def unknown_districts() -> dict[str, int]:
    """Codes of districts that the list names and the site does not know, with how many postcodes name them."""
    with connection.cursor() as cursor:
        cursor.execute(UNKNOWN_DISTRICTS)
        return dict(cursor.fetchall())


def read_stamp() -> str:
    """What the list was loaded from. It is the table's own comment, so that it goes where the table goes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(obj_description('registry_postcode'::regclass), '')")
        return str(cursor.fetchone()[0])


def write_stamp(stamp: str) -> None:
    with connection.cursor() as cursor:
        # COMMENT takes no parameters; format() quotes.
        cursor.execute("SELECT format('COMMENT ON TABLE registry_postcode IS %%L', %s::text)", [stamp])
        cursor.execute(cursor.fetchone()[0])
