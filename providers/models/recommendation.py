from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider
from providers.models.recommendation_invitation import CameFrom
from providers.models.reference import KnownFor


class PublicDecision(models.TextChoices):
    SHOWN = "shown", _("Shown")
    REFUSED = "refused", _("Not shown")


class NotShownBecause(models.TextChoices):
    """All the reasons there are. That somebody was not content is none (Schedule 20 to the DMCC Act 2024)."""

    NAMES = "names", _("It names or describes somebody who has not been asked")
    SAFEGUARDING = "safeguarding", _("It tells of a worry about somebody’s safety, which was handed over")
    ABUSE = "abuse", _("It insults or threatens somebody")
    ADVERT = "advert", _("It advertises something")
    NOT_A_CUSTOMER = "not_a_customer", _("It is not from a customer, or somebody who cares for one")
    PAID = "paid", _("Money or a favour was given for it")


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def standing(self) -> RecommendationQuerySet:
        return self.filter(withdrawn_at__isnull=True, purged_at__isnull=True)

    def waiting(self) -> RecommendationQuerySet:
        return self.standing().filter(decided_at__isnull=True)

    def shown(self) -> RecommendationQuerySet:
        """What the public reads of a provider, good and bad alike, the newest first."""
        return self.standing().filter(outcome=PublicDecision.SHOWN).order_by("-written_at", "pk")


class Recommendation(models.Model):
    """What a customer says of a provider in plain text: no stars, no score. Shown once a council has read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="recommendations")
    came_from = models.CharField(max_length=10, choices=CameFrom.choices)
    signed_as = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    known_for = models.CharField(max_length=10, choices=KnownFor.choices)
    went_well = models.TextField(max_length=1000, blank=True)
    went_badly = models.TextField(max_length=1000, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=PublicDecision.choices, blank=True)
    reason = models.CharField(max_length=20, choices=NotShownBecause.choices, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # The words are gone; that one came, and what became of it, stays for the published numbers.
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["provider", "-written_at"], name="recommendation_of_provider")]
        constraints = [
            models.CheckConstraint(
                name="recommendation_decided_whole",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, outcome="", reason="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, outcome=PublicDecision.SHOWN, reason="")
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    outcome=PublicDecision.REFUSED,
                    reason__in=NotShownBecause.values,
                ),
            ),
            models.CheckConstraint(
                name="recommendation_blank_once_over",
                condition=Q(withdrawn_at__isnull=True, purged_at__isnull=True)
                | Q(signed_as="", email="", went_well="", went_badly=""),
            ),
        ]

    def __str__(self) -> str:
        return f"recommendation of {self.provider_id}"
