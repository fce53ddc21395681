from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.models.opportunity import Opportunity
from providers.models import Provider


class OpportunityQuestion(models.Model):
    """A question from a provider. Once answered, question and answer are for all to read, and nobody reads who asked.

    `shown` is the question as the council lets it stand: what would tell who asked can be taken out of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="asked")
    # None once the provider has left.
    provider = models.ForeignKey(Provider, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The number of the page that was sent, so that a second press asks nothing more.
    press = models.UUIDField(unique=True)
    text = models.CharField(_("question"), max_length=1000)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shown = models.CharField(_("the question as all read it"), max_length=1000, blank=True)
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="opportunity_question_answered_whole",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="", shown="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="") & ~Q(shown=""),
            ),
        ]

    def __str__(self) -> str:
        return f"question about opportunity {self.opportunity_id}"
