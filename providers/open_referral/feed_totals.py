"""How many there are in all, which every page of a list has to say.

To count a million takes a fifth of a second and grows with the register. What is few is counted at once; of what is
many, the number of the last minute is told.
"""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from providers.models import SearchRow
from providers.open_referral.feed_organizations import everyone

FEW = 10_000
# A site whose background work stands still counts anew for each reader after this.
SECONDS = 15 * 60


def total(rows: QuerySet[Any, Any], name: str) -> int:
    """Of `rows`, which are all that the list of this name has; as counted a minute ago where there are many."""
    known: int | None = cache.get(_key(name))
    return rows.count() if known is None else known


def count_what_is_many() -> int:
    """For `run_due`, each minute: how many lists were counted."""
    many = {name: rows for name, rows in everything().items() if _few(rows) > FEW}
    for name, rows in many.items():
        cache.set(_key(name), rows.count(), SECONDS)
    return len(many)


def everything() -> dict[str, QuerySet[Any, Any]]:
    """The lists without anything asked of them."""
    services = SearchRow.objects.filter(in_open_feed=True).order_by("pk").values_list("pk", flat=True)
    return {
        "services": services,
        "doors": services.filter(come_to_us__isnull=False),
        "organizations": everyone(),
    }


def _few(rows: QuerySet[Any, Any]) -> int:
    """No further than it takes to know whether they are many; in their order, which an index has."""
    return rows[: FEW + 1].count()


def _key(name: str) -> str:
    return f"open-feed-total:{name}"
