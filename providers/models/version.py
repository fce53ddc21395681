from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from providers.models.provider import Provider


class Version(models.Model):
    """The approved state of a provider's listing, frozen. The newest one is what the public sees.

    `content` is written by `providers.listings.freeze` and never changed: a locked summary points at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    approved_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["provider", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.provider_id}"
