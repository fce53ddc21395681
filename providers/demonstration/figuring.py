"""How often the businesses of the demonstration's own people were found and opened: so much that a page shows it."""

from __future__ import annotations

import datetime
import random
from collections.abc import Collection

from providers.figures.rules import weeks_back
from providers.models import Provider, WeeklyFigure

WEEKS = 12


def write_figures(slugs: Collection[str], today: datetime.date, seed: int) -> None:
    """Twelve weeks each: more every week, a quiet one now and then, and a few of those who found it open the page."""
    rng = random.Random(seed)
    rows = []
    for provider in Provider.every.filter(slug__in=slugs).order_by("slug"):
        for back, monday in enumerate(weeks_back(today, WEEKS)):
            found = round((40 - 2.5 * back) * rng.uniform(0.5, 1.1))
            rows.append(WeeklyFigure(provider=provider, week=monday, found=found, opened=rng.randint(0, found // 5)))
    WeeklyFigure.objects.bulk_create(rows)
