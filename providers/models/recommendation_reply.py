from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.models.recommendation import NotShownBecause, PublicDecision, Recommendation


class RecommendationReplyQuerySet(models.QuerySet["RecommendationReply"]):
    def waiting(self) -> RecommendationReplyQuerySet:
        still_said = Recommendation.objects.shown().order_by()
        return self.filter(decided_at__isnull=True, withdrawn_at__isnull=True, recommendation__in=still_said)

    def shown(self) -> RecommendationReplyQuerySet:
        return self.filter(outcome=PublicDecision.SHOWN, withdrawn_at__isnull=True)


class RecommendationReply(models.Model):
    """What the provider says to a recommendation: its right, read by a council like what it answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="replies")
    words = models.TextField(max_length=1000, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=PublicDecision.choices, blank=True)
    reason = models.CharField(max_length=20, choices=NotShownBecause.choices, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = RecommendationReplyQuerySet.as_manager()

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(outcome=PublicDecision.REFUSED),
                name="recommendation_reply_once",
            ),
            models.CheckConstraint(
                name="recommendation_reply_decided_whole",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, outcome="", reason="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, outcome=PublicDecision.SHOWN, reason="")
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    outcome=PublicDecision.REFUSED,
                    reason__in=NotShownBecause.values,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"reply to {self.recommendation_id}"
