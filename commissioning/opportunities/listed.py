"""Which opportunities a reader is shown: all that are open, or those of a council or a kind of help."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from commissioning.models import Opportunity, OpportunityVersion
from commissioning.opportunities.forms import FilterForm
from commissioning.opportunities.moments import moments
from commissioning.opportunities.rules import stage
from commissioning.opportunities.shown import STAGE_COLOURS, STAGE_WORDS, moment_words


@dataclass(frozen=True)
class Listed:
    form: FilterForm
    opportunities: QuerySet[Opportunity]


def listed(asked: Any, now: datetime.datetime) -> Listed:
    """What the form asks for; what closes soonest stands first, and what is over after all that is open."""
    form = FilterForm(asked)
    chosen = form.chosen()
    opportunities = Opportunity.objects.select_related("requirement", "council").defer("council__boundary")
    if not chosen["over"]:
        opportunities = opportunities.open_at(now)
    if chosen["council"]:
        opportunities = opportunities.filter(council=chosen["council"])
    if chosen["kind"]:
        opportunities = opportunities.filter(has_newest(chosen["kind"].pk))
    is_over = Q(closes_at__lte=now) | Q(stopped_at__isnull=False)
    return Listed(form, opportunities.alias(over=is_over).order_by("over", "closes_at", "pk"))


def has_newest(category: str) -> Q:
    """A lot of the kind stands in what was published, whatever the requirement says by now."""
    return Q(pk__in=newest_versions().filter(facts__lots__contains=[{"category_code": category}]).values("opportunity"))


def newest_versions() -> QuerySet[OpportunityVersion]:
    latest = OpportunityVersion.objects.order_by("opportunity_id", "-number").distinct("opportunity_id")
    return OpportunityVersion.objects.filter(pk__in=latest.values("pk"))


def with_newest(opportunities: Iterable[Opportunity]) -> list[Any]:
    """Each with its newest version as `newest`, in one query more."""
    rows = list(opportunities)
    newest = {one.opportunity_id: one for one in newest_versions().filter(opportunity__in=rows)}
    for row in rows:
        row.newest = newest[row.pk]  # type: ignore[attr-defined]  # for the page that lists them
    return rows


def newest_first(opportunities: QuerySet[Opportunity]) -> list[Any]:
    return sorted(with_newest(opportunities), key=lambda one: one.newest.published_at, reverse=True)


def rows(opportunities: Iterable[Opportunity]) -> list[dict[str, Any]]:
    """What the page of all says of each."""
    now = timezone.now()
    found = []
    for one in with_newest(opportunities):
        where = stage(moments(one), now)
        found.append(
            {
                "opportunity": one,
                "facts": one.newest.facts,
                "closes": moment_words(one.closes_at),
                "stage": STAGE_WORDS[where],
                "colour": STAGE_COLOURS[where],
                "kinds": sorted({lot["category"] for lot in one.newest.facts["lots"]}),
            }
        )
    return found
