from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from commissioning.models.lot import Lot
from providers.models import Service


class ShortlistEntry(models.Model):
    """A service that the council wants to look at more closely for a lot. Being off it excludes nobody."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="shortlist")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "shortlist entries"
        constraints = [models.UniqueConstraint(fields=["lot", "service"], name="shortlist_entry_once")]

    def __str__(self) -> str:
        return f"{self.service_id} for {self.lot_id}"
