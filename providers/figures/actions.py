"""The one write of figures: adding to what a week has so far."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from uuid import UUID

from django.db import connection

Counted = Mapping[tuple[UUID, datetime.date], Mapping[str, int]]

# One statement for all. In order of keys, so that two processes never wait for each other; a provider that has left
# or is gone altogether gets no row.
ADD = """
    INSERT INTO providers_weeklyfigure AS kept (provider_id, week, found, opened, asked)
    SELECT provider.id, given.week, given.found, given.opened, given.asked
    FROM unnest(%s::uuid[], %s::date[], %s::int[], %s::int[], %s::int[])
        AS given (provider_id, week, found, opened, asked)
    JOIN providers_provider AS provider ON provider.id = given.provider_id AND provider.left_at IS NULL
    ORDER BY provider.id, given.week
    ON CONFLICT (provider_id, week)
    DO UPDATE SET
        found = kept.found + EXCLUDED.found,
        opened = kept.opened + EXCLUDED.opened,
        asked = kept.asked + EXCLUDED.asked
"""


def add_up(counted: Counted) -> None:
    """Add these counts, by provider and Monday, to the rows there are."""
    providers = [provider for provider, _week in counted]
    weeks = [week for _provider, week in counted]
    added = [[counts.get(what, 0) for counts in counted.values()] for what in ("found", "opened", "asked")]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [providers, weeks, *added])
