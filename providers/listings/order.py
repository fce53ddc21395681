"""The rows that a search found, put in order by how well they meet the need in words."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from providers.listings.ranking import Candidate, fits
from providers.listings.statement import STEP
from providers.meaning.needs import Need

# Near a door, fits that differ by fewer hundredths are alike: then space, freshness and nearness decide.
ALIKE = 5
# Where these stand in a row of the statement: `BESIDE` is space and freshness as one number.
AWAY, FIT, BESIDE = 1, 2, 4
# The words are those of the approved version: an edit that waits is nobody's to find (rule 6).
CANDIDATES = """
SELECT listing.service_id, listing.name, listing.provider_name, listing.categories, approved.said ->> 'description',
    approved.said -> 'languages', words.vector
FROM providers_listing AS listing
JOIN providers_version AS version ON version.id = listing.version_id
LEFT JOIN providers_searchwords AS words USING (service_id)
LEFT JOIN LATERAL (
    SELECT said FROM jsonb_array_elements(version.content -> 'services') AS said
    WHERE said ->> 'id' = listing.service_id::text
) AS approved ON TRUE
WHERE listing.service_id = ANY(%s)
"""


def in_order(rows: Sequence[list[Any]], need: Need, *, is_somewhere: bool) -> list[list[Any]]:
    """Rows as the statement gives them, best first, each with its new fit; the same rows give the same order."""
    known = {str(candidate.key): candidate for candidate in _candidates([UUID(row[0]) for row in rows])}
    some = [row for row in rows if row[0] in known]
    for row, fit in zip(some, fits(need, [known[row[0]] for row in some]), strict=True):
        # The statement counts in steps of so many hundredths.
        row[FIT] = fit * 100 / STEP
    return sorted(some, key=_near_a_door if is_somewhere else _anywhere)


def _anywhere(row: list[Any]) -> tuple[Any, ...]:
    return (-row[FIT], -row[BESIDE], row[0])


def _near_a_door(row: list[Any]) -> tuple[Any, ...]:
    away = row[AWAY] if row[AWAY] is not None else math.inf
    return (-round(row[FIT] * STEP / ALIKE), -row[BESIDE], away, row[0])


def _candidates(keys: list[UUID]) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [keys])
        return [_candidate(row) for row in cursor.fetchall()]


def _candidate(row: tuple[Any, ...]) -> Candidate:
    key, name, provider_name, categories, description, languages, meaning = row
    # Which JSON comes read already depends on who opened the connection.
    spoken = json.loads(languages) if isinstance(languages, str) else languages or []
    return Candidate(
        key=key,
        name=f"{name} {provider_name}",
        text=f"{name}. {provider_name}. {description}",
        categories=tuple(categories),
        languages=tuple(language.casefold() for language in spoken),
        meaning=bytes(meaning) if meaning is not None else None,
    )
