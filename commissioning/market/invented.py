"""Searches in vain for the demonstration: invented, through the action that the families' page uses."""

from __future__ import annotations

import datetime

from django.db import transaction

from commissioning.market.searches import period_of
from providers.listings.gaps import record_gap
from providers.models import UnmetNeed

# By district how often in each of the last twelve months, and of the twelve before; "" named no kind of help.
INVENTED = {
    "E06000022": {"respite-at-home": (2, 1), "travel-training": (1, 0), "": (1, 1)},
    "E06000054": {"respite-at-home": (1, 2), "befriending": (2, 1)},
    "E06000066": {"night-care": (2, 1), "": (1, 0)},
}


@transaction.atomic
def seed_searches(today: datetime.date) -> int:
    """All of them or none, and once: where anybody has searched in vain already, nothing is invented."""
    if UnmetNeed.objects.filter(district__in=INVENTED).exists():
        return 0
    made = 0
    for district, wanted in INVENTED.items():
        for category, (newer, older) in wanted.items():
            for months_ago, day in enumerate(days(today)):
                for _number in range(newer if months_ago < 12 else older):
                    made += record_gap(categories=[category], district=district, today=day)
    return made


def days(today: datetime.date) -> list[datetime.date]:
    """A day in each of the 24 months that the page tells of, the newest first."""
    first, found = period_of(today).until, []
    for _month in range(24):
        last = first - datetime.timedelta(days=1)
        first = last.replace(day=1)
        found.append(last.replace(day=12))
    return found
