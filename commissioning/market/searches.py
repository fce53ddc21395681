"""Searches of families that found nobody, in the last twelve whole months and the twelve before. Never of few."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q, Sum

from commissioning.market.rules import searches_to_show
from providers.meaning.vocabulary import vocabulary
from providers.models import UnmetNeed
from registry.models import Council


@dataclass(frozen=True)
class Searched:
    """`kind` is empty where the words named no kind of help. Times to the nearest five, None for fewer than five."""

    kind: str
    district: str
    times: int | None
    before: int | None


@dataclass(frozen=True)
class Period:
    """Whole months: from one day to the next, a table that moved each day would tell of single searches."""

    since: datetime.date
    middle: datetime.date
    until: datetime.date


def period_of(today: datetime.date) -> Period:
    """`until` is the first day that does not count any more."""
    until = today.replace(day=1)
    return Period(until.replace(year=until.year - 2), until.replace(year=until.year - 1), until)


def searches(council: Council, period: Period) -> list[Searched]:
    """By kind of help and district, the most first. One query."""
    of_council = UnmetNeed.objects.filter(district__council=council, day__gte=period.since, day__lt=period.until)
    rows = (
        of_council.order_by()
        .values_list("category", "district__name")
        .annotate(
            newer=Sum("times", filter=Q(day__gte=period.middle), default=0),
            older=Sum("times", filter=Q(day__lt=period.middle), default=0),
        )
    )
    names = {term.code: term.name for term in vocabulary().terms}
    found = [
        Searched(names.get(code or "", ""), district, searches_to_show(newer), searches_to_show(older))
        for code, district, newer, older in rows
    ]
    # That somebody searched at all is not told of few either.
    told = [row for row in found if row.times is not None or row.before is not None]
    return sorted(told, key=lambda row: (-(row.times or 0), -(row.before or 0), row.kind, row.district))
