"""The statement that answers a question. Its hits are read once and kept; count, facets and rows come from them."""

from __future__ import annotations

from typing import Any

from providers.listings.conditions import Conditions, in_force
from providers.listings.counting import COLUMNS
from providers.listings.freshness import oldest_good
from providers.listings.packing import LANES
from providers.models.geometry import CircleField
from registry.models import Outcode

# A question without a place looks at no more than these: "more than 10,000".
LOOKED_AT = 10_000
# Hundredths by which fits must differ not to be alike: among those that are, space and nearness decide.
STEP = 10
# What one step of fit counts for beside space and freshness, which share the places below.
FIT_COUNTS = 8

WHOLE = """
WITH {candidates} hits AS MATERIALIZED (
    SELECT service_id, {packed}, {missed} AS missed, {order} AS rightness, {away} AS metres_away
    FROM {rows}
)
SELECT (SELECT count(*) FROM hits WHERE missed = 0), {looked_at},
    (SELECT json_agg(json_build_array(service_id, metres_away, rightness / {fit_counts}, {ways}))
        FROM (SELECT * FROM hits WHERE missed = 0
              ORDER BY rightness DESC, metres_away NULLS LAST, service_id LIMIT {limit} OFFSET {offset}) AS top),
    {sent}
FROM hits
"""
# Numbers of fixed width, so that their bytes can be laid end to end.
PACKED = {
    "categories_low": "categories_low",
    "categories_high": "categories_high",
    "facts": "{in_force}",
    "checked_low": "coalesce(checked_low, 0)",
    "checked_high": "coalesce(checked_high, 0)",
    "language_set": "coalesce(language_set, 0)",
}
SENT_BY = dict.fromkeys(PACKED, "int8send") | {"language_set": "int4send", "missed": "int4send"}
REACHES = "entry.reach @> %(here)s::circle"
GOES = "entry.areas @> ARRAY[%(district)s]::varchar[]"
IS_NEAR = "entry.come_to_us @> %(here)s::circle"
BASE = "point(entry.easting, entry.northing)"


def statement(asked: Conditions, offset: int, limit: int) -> tuple[str, dict[str, Any]]:
    """The SQL of a question, and what was typed, which is nowhere in it."""
    question = asked.question
    chosen = asked.chosen()
    missed = (f"CASE WHEN {has} THEN 0 ELSE {1 << at} END" for at, has in enumerate(chosen))
    place = _place(asked)
    where = " AND ".join(f"({one})" for one in [*place, *asked.fixed(), *asked.may_meet()]) or "TRUE"
    is_bounded = not (question.spot and question.within is None and not question.area)
    rows = f"providers_searchrow AS entry WHERE {where}"
    if is_bounded:
        rows = "candidates AS entry"
    if asked.has_text:
        # Kept apart, so that the words are read once a row.
        rows = f"(SELECT entry.*, {asked.rank()} AS rank FROM {rows} OFFSET 0) AS entry WHERE {asked.meets()}"
    packed = [f"{value} AS {name}" for name, value in PACKED.items()]
    sent = [name for name in COLUMNS if name != "missed" or chosen]
    sql = WHOLE.format(
        candidates=f"candidates AS MATERIALIZED ({_candidates(asked, where, bool(place))})," if is_bounded else "",
        rows=rows,
        packed=", ".join(packed).format(in_force=in_force(question.today)),
        missed=" | ".join(missed) or "0",
        order=_order(asked),
        away=_away(asked),
        limit=limit,
        offset=offset,
        fit_counts=FIT_COUNTS,
        looked_at="(SELECT count(*) FROM candidates)" if is_bounded else "0",
        ways=_ways() if question.spot else "NULL",
        sent=", ".join(f"string_agg({SENT_BY[name]}({name}), '') AS {name}" for name in sent),
    )
    return sql, {**_here(asked), **asked.parameters}


def _place(asked: Conditions) -> list[str]:
    """Where. The three ways are three indexes, read as one bitmap: one flat OR."""
    question, conditions = asked.question, []
    if question.spot and question.within is None:
        conditions.append(f"{REACHES} OR {GOES} OR {IS_NEAR}")
    if question.spot and question.within is not None:
        # Whoever is based near by has a circle that touches, and only circles are indexed.
        touches = "entry.reach && %(near)s::circle OR entry.come_to_us && %(near)s::circle"
        conditions += [touches, f"{_away(asked)} <= {question.within}"]
    if question.area:
        touches = "entry.reach && %(area)s::circle OR entry.come_to_us && %(area)s::circle"
        inside = (
            "EXISTS (SELECT FROM unnest(%(points)s::circle[]) AS p WHERE entry.reach @> p OR entry.come_to_us @> p)"
        )
        conditions.append(f"entry.areas && %(districts)s::varchar[] OR (({touches}) AND {inside})")
    return conditions


def _candidates(asked: Conditions, where: str, has_place: bool) -> str:
    if has_place:
        return f"SELECT entry.* FROM providers_searchrow AS entry WHERE {where} LIMIT {LOOKED_AT + 1}"
    queries = asked.queries()
    some = "SELECT service_id FROM providers_searchrow ORDER BY service_id"
    if queries:
        some = f"SELECT service_id FROM providers_searchwords WHERE words @@ ({' && '.join(queries)})"
    joined = "JOIN providers_searchrow AS entry USING (service_id)"
    return f"SELECT entry.* FROM ({some} LIMIT {LOOKED_AT + 1}) AS few {joined} WHERE {where}"


def _away(asked: Conditions) -> str:
    spot = asked.question.spot
    return f"({BASE} <-> point({spot.easting:d}, {spot.northing:d}))" if spot else "NULL::float8"


def _ways() -> str:
    """Read for the rows that are shown, and not for all."""
    ways = f"json_build_array({REACHES}, {GOES}, {IS_NEAR})"
    return f"(SELECT {ways} FROM providers_searchrow AS entry WHERE entry.service_id = top.service_id)"


def _order(asked: Conditions) -> str:
    """Fit, then space, then who said lately that it is still right: one number, so that sorting is cheap."""
    space = LANES["space"].bit
    full = space["full"] | space["away"]
    room = f"CASE WHEN facts & {space['now']} <> 0 THEN 4 WHEN facts & {full} <> 0 THEN 0 ELSE 2 END"
    is_good = f"CASE WHEN confirmed_on >= DATE '{oldest_good(asked.question.today).isoformat()}' THEN 1 ELSE 0 END"
    return f"({asked.fit()}) / {STEP} * {FIT_COUNTS} + {room} + {is_good}"


def _here(asked: Conditions) -> dict[str, Any]:
    question = asked.question
    found: dict[str, Any] = {}
    if spot := question.spot:
        found["here"] = CircleField.written(spot.easting, spot.northing, 0)
        found["near"] = CircleField.written(spot.easting, spot.northing, question.within or 0)
        found["district"] = spot.district_code
    if question.area:
        outcodes = Outcode.objects.filter(district_code__in=question.area)
        points = list(outcodes.values_list("easting", "northing"))
        found["districts"] = list(question.area)
        found["points"] = [CircleField.written(east, north, 0) for east, north in points]
        found["area"] = CircleField.round(points)
    return found
