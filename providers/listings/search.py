"""The one question of the search: who comes to this door, or may be gone to, for this need. Page, feed and API ask it.

One statement answers all of it: the rows of the search table that fit are read once, and from them come the count, the
facets and the rows to show. A question without a place is bounded: it looks at so many candidates and says so.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from providers.listings import facets as named
from providers.listings.by_index import by_index
from providers.listings.conditions import Conditions, text_of
from providers.listings.counting import columns_of, counts
from providers.listings.order import in_order
from providers.listings.places import placed
from providers.listings.statement import LOOKED_AT, STEP, statement
from providers.meaning.needs import Need

FURTHEST_START = 10_000
# So many of the best by category and word are put in order by what they mean.
RANKED = 200
FEW = 60


class Spot(Protocol):
    @property
    def easting(self) -> int: ...
    @property
    def northing(self) -> int: ...
    @property
    def district_code(self) -> str: ...


@dataclass(frozen=True)
class Question:
    """What is asked. Nothing said is no condition.

    `chosen` is by facet: any of its values, and every facet. What lapsed is judged by `today`. With `within` the
    place is not somewhere to come to: those based so many metres from it are meant, whether they would come or not.
    Without a place, those who reach any of the districts of `area` or of the first halves of postcodes in `outcodes`;
    without these too, those based in any of `towns`.
    """

    need: Need
    today: datetime.date
    spot: Spot | None = None
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    area: tuple[str, ...] = ()
    within: int | None = None
    in_open_feed: bool = False
    towns: tuple[str, ...] = ()
    outcodes: tuple[str, ...] = ()

    @property
    def has_area(self) -> bool:
        return bool(self.area or self.outcodes)


@dataclass(frozen=True)
class Hit:
    """A service found: how far its base is from the place, by which ways it reaches it, how well it meets the need."""

    listing_id: UUID
    metres_away: float | None
    comes: bool
    anywhere_in_area: bool
    near_enough: bool
    fit: float


@dataclass(frozen=True)
class Answer:
    """`facets` by name and value; each disregards what was chosen of itself. Without an exact total there are more."""

    total: int
    total_is_exact: bool
    hits: list[Hit]
    facets: dict[str, dict[str, int]]


def ask(question: Question, *, start: int = 0, stop: int = 20, facets: Collection[str] = named.NAMES) -> Answer:
    """The hits from `start` to `stop`, in the order of the search, with the count of all and the facets."""
    question, start = placed(question), min(max(start, 0), FURTHEST_START)
    is_ranked = bool(question.need.asked) and start < RANKED
    first, last = (0, max(stop, RANKED)) if is_ranked else (start, max(stop, start))
    text = text_of(question.need)
    asked, span = Conditions(question, text), (first, last - first)
    found = _found(asked, span, columns_of(facets))
    if found["total"] < (FEW if question.need.asked else 1) and (text.widens or question.need.widens):
        # Few do what was understood, or hold all the words: those that hold some of the words, or do what may have been
        # meant, come after them.
        asked = Conditions(question, replace(text, how="any") if text.widens else text, is_wide=True)
        found = _found(asked, span, columns_of(facets))
    rows = found["rows"]
    if is_ranked:
        rows = in_order(rows[:RANKED], question.need, is_somewhere=question.spot is not None) + rows[RANKED:]
    return Answer(
        total=found["total"],
        total_is_exact=found["looked_at"] <= LOOKED_AT,
        hits=[_hit(row) for row in rows[start - first : max(stop, start) - first]],
        facets=counts(found, question.chosen, question.today, facets),
    )


def _found(asked: Conditions, span: tuple[int, int], columns: Collection[str]) -> dict[str, Any]:
    found = _run(asked, span, columns)
    if found["looked_at"] > LOOKED_AT and asked.narrows:
        # Too many to look at without what was chosen: its own counts are then of what was chosen.
        found = _run(replace(asked, is_narrow=True), span, columns)
    return found


def _run(asked: Conditions, span: tuple[int, int], columns: Collection[str]) -> dict[str, Any]:
    sql, parameters = statement(asked, span, columns)
    # Without a place, two words that never meet would be looked for in all the texts.
    with connection.cursor() as cursor, by_index(cursor) if asked.question.spot is None else nullcontext():
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        total, looked_at, rows, *sent = cursor.fetchone()
    # Which JSON comes read already depends on who opened the connection.
    read = json.loads(rows) if isinstance(rows, str) else rows
    return {"total": total, "looked_at": looked_at, "rows": read or [], **dict(zip(names[3:], sent, strict=True))}


def _hit(row: list[Any]) -> Hit:
    listing, metres, fit, ways, _beside = row
    comes, anywhere, near = (bool(way) for way in ways or (False, False, False))
    return Hit(UUID(listing), metres, comes, anywhere, near, fit * STEP / 100)
