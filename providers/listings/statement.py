"""The statement that answers a question. Its hits are read once and kept; count, facets and rows come from them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from providers.listings.conditions import Conditions, in_force
from providers.listings.freshness import oldest_good
from providers.listings.packing import LANES
from providers.models.geometry import CircleField
from registry.models import Outcode

# A question without a place looks at no more than these: "more than 5,000".
LOOKED_AT = 5_000
# And first at so many of those who were asked for by name.
NAMED_AT_MOST = 100
# Hundredths by which fits must differ not to be alike: among those that are, space and nearness decide.
STEP = 10
# What one step of fit counts for beside space and freshness, which share the places below.
FIT_COUNTS = 8

WHOLE = """
WITH {candidates} hits AS MATERIALIZED (
    SELECT {packed} service_id, {order} AS rightness, {away} AS metres_away
    FROM {rows}
)
SELECT count(*) {kept}, {looked_at},
    (SELECT json_agg(json_build_array(service_id, metres_away, rightness / {fit_counts}, {ways},
            rightness %% {fit_counts}))
        FROM (SELECT service_id, metres_away, rightness FROM hits {where_kept}
              ORDER BY rightness DESC, metres_away NULLS LAST, service_id LIMIT {limit} OFFSET {offset}) AS top)
    {sent}
FROM hits
"""
# Numbers of fixed width, so that their bytes can be laid end to end; those that say nothing are left out.
PACKED = {
    "categories_low": "nullif(categories_low, 0)",
    "categories_high": "nullif(categories_high, 0)",
    "facts": "{in_force}",
    "checked_low": "checked_low",
    "checked_high": "checked_high",
    "language_set": "language_set",
    "missed": "{missed}",
}
SENT_BY = dict.fromkeys(PACKED, "int8send({})") | dict.fromkeys(("language_set", "missed"), "int4send({})")
# A circle of no width: an index serves `circle @> circle`, and not `circle @> point`.
REACHES = "entry.reach @> %(here)s::circle"
GOES = "entry.areas @> ARRAY[%(district)s]::varchar[]"
IS_NEAR = "entry.come_to_us @> %(here)s::circle"
BASE = "point(entry.easting, entry.northing)"


def statement(asked: Conditions, span: tuple[int, int], columns: Collection[str]) -> tuple[str, dict[str, Any]]:
    """The SQL of a question, and what was typed, which is nowhere in it. `columns` are sent of every hit."""
    question = asked.question
    missed = asked.missed()
    is_bounded = not (question.spot and question.within is None and not question.has_area)
    where = " AND ".join(f"({one})" for one in [*_place(asked), *asked.fixed(), *asked.may_meet()]) or "TRUE"
    packed = "".join(f"{value} AS {name}, " for name, value in PACKED.items() if name in needed(columns, missed))
    sql = WHOLE.format(
        candidates=f"candidates AS MATERIALIZED ({_candidates(asked, where)})," if is_bounded else "",
        rows=_rows(asked, "candidates AS entry" if is_bounded else f"providers_searchrow AS entry WHERE {where}"),
        packed=packed.format(in_force=in_force(question.today), missed=missed),
        order=_order(asked),
        away=_away(asked),
        kept="FILTER (WHERE missed = 0)" if missed else "",
        where_kept="WHERE missed = 0" if missed else "",
        limit=span[1],
        offset=span[0],
        fit_counts=FIT_COUNTS,
        looked_at="(SELECT count(*) FROM candidates)" if is_bounded else "0",
        ways=_ways() if question.spot else "NULL",
        sent="".join(sent_of(name, missed) for name in columns if name in needed(columns, missed)),
    )
    return sql, {**_here(asked), **asked.parameters}


def needed(columns: Collection[str], missed: str) -> Collection[str]:
    return {*columns, "missed"} if missed else set(columns) - {"missed"}


def sent_of(name: str, missed: str) -> str:
    """The bytes of a column of all hits. With choices every hit counts, so that columns stand beside each other."""
    value = SENT_BY[name].format(f"coalesce({name}, 0)" if missed else name)
    return f", string_agg({value}, '') AS {name}"


def _rows(asked: Conditions, some: str) -> str:
    if not asked.has_text:
        return some
    if not (asked.question.spot or asked.question.has_area):
        return f"{some} WHERE {asked.meets()}"
    # Kept apart, so that the words are read once a row.
    return f"(SELECT entry.*, {asked.rank()} AS rank FROM {some} OFFSET 0) AS entry WHERE {asked.meets()}"


def _place(asked: Conditions) -> list[str]:
    """Where. The three ways are three indexes, read as one bitmap: one flat OR."""
    question, conditions = asked.question, []
    if question.spot and question.within is None:
        conditions.append(f"{REACHES} OR {GOES} OR {IS_NEAR}")
    if question.spot and question.within is not None:
        # Whoever is based near by has a circle that touches, and only circles are indexed.
        touches = "entry.reach && %(near)s::circle OR entry.come_to_us && %(near)s::circle"
        conditions += [touches, f"{_away(asked)} <= {question.within}"]
    if question.has_area:
        touches = "entry.reach && %(area)s::circle OR entry.come_to_us && %(area)s::circle"
        inside = (
            "EXISTS (SELECT FROM unnest(%(points)s::circle[]) AS p WHERE entry.reach @> p OR entry.come_to_us @> p)"
        )
        conditions.append(f"entry.areas && %(districts)s::varchar[] OR (({touches}) AND {inside})")
    return conditions


def _candidates(asked: Conditions, where: str) -> str:
    if asked.question.spot or asked.question.has_area:
        return f"SELECT entry.* FROM providers_searchrow AS entry WHERE {where} LIMIT {LOOKED_AT + 1}"
    few = "SELECT service_id FROM providers_searchrow ORDER BY service_id"
    if queries := asked.queries():
        rank = f", {asked.rank_of_words()} AS rank" if asked.has_text else ""
        few = f"SELECT service_id {rank} FROM providers_searchwords WHERE words @@ "
        named = asked.queries_of_named()
        few, first = f"{few} ({' && '.join(queries)})", f"{few} ({' && '.join(named)}) LIMIT {NAMED_AT_MOST}"
        if named:
            # All at once, and each once: UNION compares the rank too, and one row's is always the same.
            few = f"SELECT * FROM (({first}) UNION ({few} LIMIT {LOOKED_AT + 1})) AS few"
    rank = ", rank" if asked.has_text else ""
    # By its key, row after row: joined as tables they would be read whole.
    row = "SELECT * FROM providers_searchrow AS found WHERE found.service_id = few.service_id OFFSET 0"
    return f"SELECT entry.* {rank} FROM ({few} LIMIT {LOOKED_AT + 1}) AS few, LATERAL ({row}) AS entry WHERE {where}"


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
    if question.has_area:
        inside = Q(district_code__in=question.area) | Q(code__in=question.outcodes)
        outcodes = Outcode.objects.filter(inside).values_list("easting", "northing", "district_code")
        points = [(east, north) for east, north, _district in outcodes]
        found["districts"] = sorted({*question.area, *(district for _east, _north, district in outcodes)})
        found["points"] = [CircleField.written(east, north, 0) for east, north in points]
        found["area"] = CircleField.round(points)
    return found
