from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider


class WhatIsWrong(models.TextChoices):
    OUT_OF_DATE = "out_of_date", _("Something is out of date")
    CLOSED = "closed", _("They have stopped")
    PRICE = "price", _("The price is wrong")
    NOT_THEIRS = "not_theirs", _("Something belongs to somebody else: a name, a number, words")
    OTHER = "other", _("Something else")


class CorrectionAnswer(models.TextChoices):
    MENDED = "mended", _("I have put it right")
    RIGHT = "right", _("It is right as it is")


class CorrectionOutcome(models.TextChoices):
    MENDED = "mended", _("It has been put right")
    RIGHT = "right", _("It was right")
    NOT_KNOWN = "not_known", _("We could not find out")
    HANDED_OVER = "handed_over", _("It was about somebody’s safety, and was handed over")


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def waiting(self) -> CorrectionQuerySet:
        return self.filter(closed_at__isnull=True)


class Correction(models.Model):
    """What somebody says is wrong on a provider's page. The council reads it; the provider learns what, not who."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(max_length=20, choices=WhatIsWrong.choices)
    words = models.TextField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    press = models.UUIDField(unique=True)
    told_at = models.DateTimeField(default=timezone.now)
    # Words may tell of a danger or of who wrote them: a checker reads them before the provider does.
    passed_on_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=CorrectionAnswer.choices, blank=True)
    answer_words = models.TextField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=CorrectionOutcome.choices, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at"]
        indexes = [models.Index(fields=["provider", "-told_at"], name="correction_of_provider")]
        constraints = [
            models.CheckConstraint(name="correction_kind_known", condition=Q(kind__in=WhatIsWrong.values)),
            models.CheckConstraint(
                name="correction_closed_whole",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | Q(closed_at__isnull=False, closed_by__isnull=False, outcome__in=CorrectionOutcome.values),
            ),
            models.CheckConstraint(
                name="correction_answered_whole",
                condition=Q(answered_at__isnull=True, answer="", answer_words="")
                | Q(answered_at__isnull=False, answer__in=CorrectionAnswer.values),
            ),
            models.CheckConstraint(
                name="correction_blank_once_purged",
                condition=Q(purged_at__isnull=True) | Q(words="", email="", answer_words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"correction {self.id}"
