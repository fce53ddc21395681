from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.models.opportunity import Opportunity
from providers.models import Provider, Team


class InterestQuerySet(models.QuerySet["Interest"]):
    def sent(self) -> InterestQuerySet:
        """Those that the council has: sent in time, and not taken back."""
        return self.filter(sent_at__isnull=False)


class Interest(models.Model):
    """One provider, or one team by its lead, that speaks up. A team's answer is one answer.

    `draft` is what is being written; `answer` is what was sent, with what the register said on that day, frozen.
    Mending writes on the draft and sends again: until then the answer that was sent stands.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="interests")
    # Who answers: alone, or as the lead of the team.
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    draft = models.JSONField(default=dict)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    answer = models.JSONField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    feedback = models.TextField(_("what the council tells them of their answer"), max_length=3000, blank=True)
    feedback_at = models.DateTimeField(null=True, blank=True)
    feedback_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "provider", "team"], name="interest_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="interest_sent_whole",
                condition=Q(sent_at__isnull=True, sent_by__isnull=True, answer__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False, answer__isnull=False),
            ),
            models.CheckConstraint(
                name="interest_sent_or_taken_back",
                condition=Q(sent_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="interest_feedback_whole",
                condition=Q(feedback="", feedback_at__isnull=True, feedback_by__isnull=True)
                | ~Q(feedback="") & Q(feedback_at__isnull=False, feedback_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"interest of {self.provider_id} in opportunity {self.opportunity_id}"


class InterestYes(models.Model):
    """A member's yes to this answer of its team, as it stood: another word in it, and the yes is asked again."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="yeses")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    # SHA-256 of what was agreed to.
    digest = models.CharField(max_length=64)
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interest", "provider"], name="interest_yes_once")]

    def __str__(self) -> str:
        return f"yes of {self.provider_id} to {self.interest_id}"
