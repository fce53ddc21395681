"""What the public wrote about providers and a council has to read: recommendations, replies, corrections."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from providers.access import spoken_for_by
from providers.models import Correction, Provider, Recommendation, RecommendationReply
from registry.access.getters import get_councils
from registry.access.permissions import Permission
from registry.models import Council

# The oldest; the next come up as these are decided.
AT_ONCE = 50


@dataclass(frozen=True)
class Row:
    url_name: str
    key: object
    provider: Provider
    since: datetime.datetime


@dataclass(frozen=True)
class Waiting:
    recommendations: QuerySet[Recommendation]
    replies: QuerySet[RecommendationReply]
    corrections: QuerySet[Correction]

    @property
    def number(self) -> int:
        return self.recommendations.count() + self.replies.count() + self.corrections.count()


def waiting_for(councils: QuerySet[Council]) -> Waiting:
    """Of providers at home with these councils, or on their lists. The oldest first."""
    mine = spoken_for_by(councils)
    return Waiting(
        Recommendation.objects.waiting().filter(provider__in=mine).select_related("provider").order_by("written_at"),
        RecommendationReply.objects.waiting()
        .filter(recommendation__provider__in=mine)
        .select_related("recommendation__provider")
        .order_by("written_at"),
        Correction.objects.waiting().filter(provider__in=mine).select_related("provider").order_by("told_at"),
    )


@login_required
@require_GET
def public_words(request: HttpRequest) -> HttpResponse:
    waits = waiting_for(get_councils(request.user, Permission.SEE_QUEUE))
    page = {
        "recommendations": [
            Row("decide_recommendation", one.pk, one.provider, one.written_at)
            for one in waits.recommendations[:AT_ONCE]
        ],
        "replies": [
            Row("decide_reply", one.pk, one.recommendation.provider, one.written_at) for one in waits.replies[:AT_ONCE]
        ],
        "corrections": [
            (Row("check_correction", one.pk, one.provider, one.told_at), one) for one in waits.corrections[:AT_ONCE]
        ],
        "now": timezone.now(),
    }
    return render(request, "moderation/public_words.html", page)
