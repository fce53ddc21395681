"""The yardstick: a bare table in the order of place, and hand-written SQL that answers the very same question.

Nothing of the product's search is used: the rows come from the listings themselves, and one statement gives the count,
ten facets and the twenty rows to show.
"""

import time

from django.db import connection

SHOWN = 20
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Each facet as a number whose bits are its values, so that grouping is as cheap as it can be.
FACETS = {
    "days": ("listing.days", DAYS),
    "payers": ("listing.payers", ("private", "direct_payment", "isf", "council", "health_budget")),
    "groups": ("listing.client_groups", None),
    "delivery": ("service.delivery", None),
    "accessibility": ("service.accessibility", None),
    "languages": ("service.languages", None),
}
MAKE = """
CREATE TABLE bench_reference AS
SELECT listing.service_id AS id, listing.easting, listing.northing, listing.reach, listing.come_to_us,
       nullif(listing.areas, '{{}}') AS areas,
       {categories},
       {masks},
       array_position(ARRAY['now','waiting','full','away','not_known']::varchar[], listing.space)::smallint AS space,
       coalesce(least(listing.price_pence / 500, 8), 9)::smallint AS price,
       hashtext(provider.legal_form) AS legal_form,
       (SELECT max(ends_on) FROM providers_credential held
         WHERE held.provider_id = provider.id AND held.kind = 'public_liability'
           AND EXISTS (SELECT FROM providers_check seen WHERE seen.credential_id = held.id AND seen.outcome = 'seen'))
         AS insured_until,
       listing.confirmed_on, provider.out_of_feed_since IS NULL AS in_feed
  FROM providers_listing listing
  JOIN providers_service service ON service.id = listing.service_id
  JOIN providers_provider provider ON provider.id = listing.provider_id
 ORDER BY {place}
"""
# The curve that the registry's own rows are laid along would be the product's: a plain grid of 2 km does as well.
PLACE = "listing.northing / 2000, listing.easting / 2000"
HITS = """
WITH hits AS MATERIALIZED (
  SELECT * FROM bench_reference r
   WHERE (reach @> %(spot)s::circle OR come_to_us @> %(spot)s::circle OR areas @> ARRAY[%(district)s]::varchar[]) {text}
), shown AS (
  SELECT id, point(easting, northing) <-> point(%(east)s, %(north)s) AS metres
    FROM hits ORDER BY metres NULLS LAST, id LIMIT {shown}
)
SELECT 'total' AS facet, NULL::bigint AS a, NULL::bigint AS b, count(*) AS n, NULL::uuid AS id, NULL::float8 AS metres,
       NULL::text AS content FROM hits
{facets}
UNION ALL
SELECT 'row', NULL, NULL, NULL, shown.id, metres, version.content::text
  FROM shown JOIN providers_listing listing ON listing.service_id = shown.id
  JOIN providers_version version ON version.id = listing.version_id
"""
TEXT = (
    "AND EXISTS (SELECT FROM bench_reference_words w WHERE w.id = r.id AND w.words @@ websearch_to_tsquery(%(text)s))"
)
COLUMNS = ("space", "days", "payers", "price", "insured", "languages", "accessibility", "delivery", "legal_form")
TWO = ("space", "days")


def make():
    """The reference table, its index, and the words in a table of their own; made anew. Says how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_reference, bench_reference_words")
        cursor.execute(_making(cursor))
        for column in ("reach", "come_to_us"):
            cursor.execute(f"CREATE INDEX ON bench_reference USING gist ({column})")
        cursor.execute("CREATE INDEX ON bench_reference USING gin (areas)")
        cursor.execute(
            "CREATE TABLE bench_reference_words AS SELECT service_id AS id, to_tsvector('english', concat_ws(' ', "
            "service.name, provider.name, service.description)) AS words FROM bench_reference r "
            "JOIN providers_listing listing ON listing.service_id = r.id JOIN providers_service service "
            "ON service.id = r.id JOIN providers_provider provider ON provider.id = listing.provider_id"
        )
        cursor.execute("ALTER TABLE bench_reference_words ADD PRIMARY KEY (id)")
        cursor.execute("CREATE INDEX ON bench_reference_words USING gin (words)")
        cursor.execute("VACUUM (ANALYZE) bench_reference")
        cursor.execute("VACUUM (ANALYZE) bench_reference_words")
        cursor.execute("SELECT count(*) FROM bench_reference")
        return cursor.fetchone()[0]


def ask(spot, text="", facets=(*COLUMNS, "category")):
    """Seconds taken and the rows; `spot` has easting, northing and district_code."""
    grouped = "".join(_grouped(facet) for facet in facets)
    statement = HITS.format(text=TEXT if text else "", facets=grouped, shown=SHOWN)
    asked = {"spot": f"<({spot.easting},{spot.northing}),0>", "east": spot.easting, "north": spot.northing}
    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(statement, {**asked, "district": spot.district_code, "text": text})
        rows = cursor.fetchall()
        return time.perf_counter() - began, rows


def _grouped(facet):
    columns = {"category": "c1, c2", "insured": "(insured_until >= current_date)::int, NULL::bigint"}
    chosen = columns.get(facet, f"{facet}, NULL::bigint")
    return f"UNION ALL SELECT '{facet}', {chosen}, count(*), NULL, NULL, NULL FROM hits GROUP BY {_keys(facet)}\n"


def _keys(facet):
    return {"category": "c1, c2", "insured": "(insured_until >= current_date)::int"}.get(facet, facet)


def _making(cursor):
    cursor.execute("SELECT array_agg(code ORDER BY code) FROM providers_category")
    codes = cursor.fetchone()[0]
    halves = [_mask("listing.categories", codes[start : start + 62]) for start in (0, 62)]
    categories = ", ".join(f"{mask}::bigint AS c{n}" for n, mask in enumerate(halves, start=1))
    masks = ", ".join(
        f"{_mask(column, _values(cursor, column, given))}::bigint AS {name}" for name, (column, given) in FACETS.items()
    )
    return MAKE.format(categories=categories, masks=masks, place=PLACE)


def _values(cursor, column, given):
    if given:
        return given
    table, name = column.split(".")
    cursor.execute(f"SELECT DISTINCT unnest({name}) FROM providers_{table} ORDER BY 1 LIMIT 62")
    return [row[0] for row in cursor.fetchall()]


def _mask(column, values):
    bits = " | ".join(
        f"(CASE WHEN '{value}' = ANY({column}) THEN {1 << n}::bigint ELSE 0 END)"
        for n, value in enumerate(value.replace("'", "''") for value in values)
    )
    return f"({bits or '0'})"
