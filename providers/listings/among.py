"""What was chosen, looked at again among services that are known by their ids: who misses what, and the facets of some.

For those who ask more than the search knows: it finds, they leave out, and what is left has facets of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connection

from providers.listings import facets as named
from providers.listings.conditions import Conditions, Text, in_force
from providers.listings.counting import columns_of, counts
from providers.listings.search import Question
from providers.listings.statement import PACKED, needed, sent_of

MISSED = """
SELECT service_id, {missed} FROM providers_searchrow AS entry WHERE service_id = ANY(%s)
"""
COUNTED = """
SELECT count(*) {sent}
FROM (SELECT {packed} service_id FROM providers_searchrow AS entry WHERE service_id = ANY(%s)) AS hits
"""


def missed_by(question: Question, services: Sequence[UUID]) -> dict[UUID, int]:
    """By service a bit for each facet of `question.chosen`, in its order, of which it has none of the values."""
    with connection.cursor() as cursor:
        cursor.execute(MISSED.format(missed=_missed(question) or "0"), [list(services)])
        return dict(cursor.fetchall())


def facets_among(
    question: Question, services: Sequence[UUID], facets: Collection[str] = named.NAMES
) -> dict[str, dict[str, int]]:
    """The facets of these services: each counts those that have what was chosen of the others."""
    missed, columns = _missed(question), columns_of(facets)
    packed = "".join(f"{value} AS {name}, " for name, value in PACKED.items() if name in needed(columns, missed))
    statement = COUNTED.format(
        sent="".join(sent_of(name, missed) for name in columns if name in needed(columns, missed)),
        packed=packed.format(in_force=in_force(question.today), missed=missed),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(services)])
        found = dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))
    return counts(found, question.chosen, question.today, facets)


def _missed(question: Question) -> str:
    return Conditions(question, Text("", (), "none")).missed()
