from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider
from registry.models import Council


class Decision(models.TextChoices):
    PUBLISHED = "published", _("Published")
    SENT_BACK = "sent_back", _("Sent back with a reason")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def waiting(self) -> SubmissionQuerySet:
        return self.filter(decided_at__isnull=True)


class Submission(models.Model):
    """One sending of a provider's draft to its council, and what the council decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="submissions")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="submissions")
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who is looking at it now: two checkers never do the same work. A claim is let go after a while.
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("what the provider says to an earlier reason"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    reason = models.TextField(_("the reason, as the provider reads it"), max_length=2000, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at"]
        constraints = [
            models.CheckConstraint(
                name="submission_decided_whole",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decision="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & Q(decision__in=Decision.values)),
            ),
            models.CheckConstraint(
                name="submission_sent_back_says_why",
                condition=~Q(decision=Decision.SENT_BACK) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="submission_taken_by_someone",
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["provider"], condition=Q(decided_at__isnull=True), name="submission_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"submission {self.id}"
