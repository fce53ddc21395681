"""The moments of an opportunity, and what the database's clock says of them."""

from __future__ import annotations

import datetime

from django.db import connection

from commissioning.models import Opportunity
from commissioning.opportunities.rules import Moments


def moments(opportunity: Opportunity) -> Moments:
    return Moments(
        closes_at=opportunity.closes_at,
        questions_until=opportunity.questions_until,
        stopped_at=opportunity.stopped_at,
        told_at=opportunity.told_at,
        is_sealed=opportunity.is_sealed,
    )


def held_open(opportunity: Opportunity) -> tuple[Moments, datetime.datetime]:
    """The moments as they are now and the database's clock, read in one statement of the transaction.

    FOR SHARE: many may send at once, and the council that moves the closing moment waits for them, or they for it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT closes_at, questions_until, stopped_at, told_at, is_sealed FROM commissioning_opportunity "
            "WHERE id = %s FOR SHARE",
            [opportunity.pk],
        )
        row = cursor.fetchone()
        # Asked once the row is ours: whoever waited for it is judged by when the wait was over.
        cursor.execute("SELECT clock_timestamp()")
        now: datetime.datetime = cursor.fetchone()[0]
    return Moments(*row), now
