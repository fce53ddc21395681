from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from providers.models.provider import Provider

GOOD_FOR = datetime.timedelta(days=90)


class Confirmation(models.Model):
    """The provider's "this is still right", good for 90 days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="confirmations")
    confirmed_at = models.DateTimeField(default=timezone.now)
    # None: by the link in an e-mail, whose holder is not asked to sign in.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-confirmed_at"]
        get_latest_by = "confirmed_at"
        indexes = [models.Index(fields=["provider", "-confirmed_at"], name="confirmation_newest")]

    def __str__(self) -> str:
        return f"confirmation of {self.provider_id}"
