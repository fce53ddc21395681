"""The statement that answers a question. Its hits are read once and kept; count, facets and rows come from them."""

from __future__ import annotations

from typing import Any

from providers.listings.conditions import Conditions, in_force
from providers.listings.freshness import oldest_good
from providers.listings.packing import LANES
from providers.models.geometry import CircleField
from registry.models import Outcode

# A question without a place looks at no more than these: "more than 10,000".
LOOKED_AT = 10_000
# Fits that differ by less are alike: then space and nearness decide.
STEP = 0.1

WHOLE = """
WITH {candidates} hits AS MATERIALIZED (
    SELECT service_id, categories_low, categories_high, {facts} AS facts, coalesce(checked_low, 0) AS checked_low,
        coalesce(checked_high, 0) AS checked_high, coalesce(language_set, 0) AS language_set,
        {missed} AS missed, round((({fit}) / {step})::numeric) * {step} AS fit, {away} AS metres_away,
        confirmed_on >= DATE '{oldest_good}' AS is_good
    FROM (SELECT entry.*, {rank} AS rank FROM {rows} OFFSET 0) AS entry
    WHERE {meets}
), top AS (
    SELECT service_id, metres_away, fit, row_number() OVER (ORDER BY {order}) AS place
    FROM hits WHERE missed = 0 ORDER BY {order} LIMIT {limit} OFFSET {offset}
)
SELECT (SELECT count(*) FROM hits WHERE missed = 0), {looked_at},
    (SELECT json_agg(json_build_array(service_id, metres_away, {ways}, fit) ORDER BY place)
        FROM top JOIN providers_searchrow AS entry USING (service_id)),
    string_agg(int8send(categories_low), ''), string_agg(int8send(categories_high), ''),
    string_agg(int8send(facts), ''), string_agg(int8send(checked_low), ''), string_agg(int8send(checked_high), ''),
    string_agg(int4send(language_set), ''), string_agg(int4send(missed), '')
FROM hits
"""
REACHES = "entry.reach @> %(here)s::circle"
GOES = "entry.areas @> ARRAY[%(district)s]::varchar[]"
IS_NEAR = "entry.come_to_us @> %(here)s::circle"
BASE = "point(entry.easting, entry.northing)"


def statement(asked: Conditions, offset: int, limit: int) -> tuple[str, dict[str, Any]]:
    """The SQL of a question, and what was typed, which is nowhere in it."""
    question = asked.question
    missed = (f"CASE WHEN {has} THEN 0 ELSE {1 << at} END" for at, has in enumerate(asked.chosen()))
    place = _place(asked)
    where = " AND ".join(f"({one})" for one in [*place, *asked.fixed(), *asked.may_meet()]) or "TRUE"
    is_bounded = not (question.spot and question.within is None and not question.area)
    candidates = f"candidates AS MATERIALIZED ({_candidates(asked, where, bool(place))})," if is_bounded else ""
    sql = WHOLE.format(
        candidates=candidates,
        rows="candidates AS entry" if is_bounded else f"providers_searchrow AS entry WHERE {where}",
        facts=in_force(question.today),
        missed=" | ".join(missed) or "0",
        fit=asked.fit(),
        step=STEP,
        away=_away(asked),
        oldest_good=oldest_good(question.today).isoformat(),
        rank=asked.rank(),
        meets=" AND ".join(["TRUE", *asked.meets()]),
        order=_order(),
        limit=limit,
        offset=offset,
        looked_at="(SELECT count(*) FROM candidates)" if is_bounded else "0",
        ways=f"{REACHES}, {GOES}, {IS_NEAR}" if question.spot else "FALSE, FALSE, FALSE",
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


def _order() -> str:
    """Fit, then space, then who said lately that it is still right, then nearness; the key, so that it never wavers."""
    space = LANES["space"].bit
    full = space["full"] | space["away"]
    room = f"CASE WHEN facts & {space['now']} <> 0 THEN 0 WHEN facts & {full} <> 0 THEN 2 ELSE 1 END"
    return f"fit DESC, {room}, is_good DESC NULLS LAST, metres_away NULLS LAST, service_id"


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
