from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.models.provider import Provider
from registry.models import Council


class ProviderClaim(models.Model):
    """ "That is me": somebody says that a listing nobody runs, or that they cannot reach, is their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="provider_claims")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("how the council can tell, as the person wrote it", max_length=500, blank=True)
    claimed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "user"], condition=Q(decided_at__isnull=True), name="provider_claim_once"
            ),
            models.CheckConstraint(
                name="provider_claim_decided_whole",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, granted__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, granted__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"claim of {self.provider_id}"
