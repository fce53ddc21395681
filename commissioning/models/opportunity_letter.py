from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from commissioning.models.opportunity import Opportunity
from providers.models import Provider


class OpportunityLetter(models.Model):
    """That a provider was written to about an opportunity. The row is the claim: it goes in with the mail, once."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="letters")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opportunity", "provider"], name="opportunity_letter_once")]

    def __str__(self) -> str:
        return f"letter to {self.provider_id} about opportunity {self.opportunity_id}"


class NoOpportunityMail(models.Model):
    """One person of a provider who wants no mail about opportunities. No row: they are told."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "user"], name="no_opportunity_mail_once")]

    def __str__(self) -> str:
        return f"no mail to {self.user_id} for {self.provider_id}"
