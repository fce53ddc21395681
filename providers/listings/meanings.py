"""What the texts of listed services mean, reckoned by the sentence model and kept beside their words.

It costs some twenty milliseconds a text, on a busy machine twice as much. So it is done at once for somebody who
publishes, and after a small import; a large one is found by category and word from the first second, and by meaning as
`run_due` gets through it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection

from providers.meaning.likeness import likeness
from providers.meaning.profile import profile_of, read_ahead

# What one minute's run takes on, well within that minute.
IN_A_MINUTE = 800
# An import of so many is found by meaning as soon as it is done.
AT_ONCE = 1000
WAITING = """
SELECT words.service_id, listing.name, approved.said ->> 'description'
FROM providers_searchwords AS words
JOIN providers_listing AS listing USING (service_id)
JOIN providers_version AS version ON version.id = listing.version_id
CROSS JOIN LATERAL (
    SELECT said FROM jsonb_array_elements(version.content -> 'services') AS said
    WHERE said ->> 'id' = listing.service_id::text
) AS approved
WHERE {which} AND (words.vector IS NULL OR substring(words.vector FOR 4) <> %(mark)s)
LIMIT %(at_most)s
"""


def write_meanings(*, services: Collection[UUID] | None = None, at_most: int = IN_A_MINUTE) -> int:
    """Reckon what has no meaning yet, or one of an older vocabulary; says how many texts were read."""
    space = likeness()
    if space is None or (services is not None and not services):
        return 0
    which = "TRUE" if services is None else "words.service_id = ANY(%(services)s)"
    asked: dict[str, Any] = {"mark": space.mark, "at_most": at_most, "services": list(services or ())}
    with connection.cursor() as cursor:
        cursor.execute(WAITING.format(which=which), asked)
        waiting = cursor.fetchall()
        read_ahead((name, description) for _key, name, description in waiting)
        for key, name, description in waiting:
            profile = profile_of(name, description)
            assert profile is not None, "the model does not go away"
            cursor.execute(
                "UPDATE providers_searchwords SET vector = %s WHERE service_id = %s", [profile.stored(), key]
            )
    return len(waiting)


def write_meanings_of_few() -> int:
    """After an import: all that wait, where they are few enough to wait for; else none, and `run_due` does it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM providers_searchwords WHERE vector IS NULL LIMIT %s) AS waiting",
            [AT_ONCE + 1],
        )
        waiting = cursor.fetchone()[0]
    return write_meanings(at_most=AT_ONCE) if waiting <= AT_ONCE else 0
