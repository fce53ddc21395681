"""What the public reads: a provider's recommendations with its replies, and how many came and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.functional import Promise

from providers.models import Recommendation, RecommendationReply
from providers.models.recommendation import NotShownBecause, PublicDecision

ON_THE_PAGE = 3


@dataclass(frozen=True)
class Recommendations:
    """The newest few, and whether there are more."""

    newest: Sequence[Recommendation]
    has_more: bool


@dataclass(frozen=True)
class Numbers:
    """Of all that ever came, by what became of it."""

    came: int
    shown: int
    waiting: int
    taken_back: int
    refused: Sequence[tuple[str | Promise, int]]


def shown_of(provider_id: UUID) -> QuerySet[Recommendation]:
    """Good and bad alike, newest first, each with the reply that is shown beside it as `answers`."""
    replies = Prefetch("replies", RecommendationReply.objects.shown(), to_attr="answers")
    return Recommendation.objects.shown().filter(provider=provider_id).prefetch_related(replies)


def recommendations(provider_id: UUID) -> Recommendations:
    newest = list(shown_of(provider_id)[: ON_THE_PAGE + 1])
    return Recommendations(newest[:ON_THE_PAGE], len(newest) > ON_THE_PAGE)


def numbers() -> Numbers:
    refused = {f"refused_{reason}": Count("pk", Q(reason=reason)) for reason in NotShownBecause.values}
    counted = Recommendation.objects.aggregate(
        came=Count("pk"),
        shown=Count("pk", Q(outcome=PublicDecision.SHOWN, withdrawn_at__isnull=True)),
        waiting=Count("pk", Q(outcome="", withdrawn_at__isnull=True, purged_at__isnull=True)),
        taken_back=Count("pk", Q(withdrawn_at__isnull=False)),
        **refused,
    )
    by_reason = [(reason.label, counted.pop(f"refused_{reason}")) for reason in NotShownBecause]
    return Numbers(**counted, refused=by_reason)
