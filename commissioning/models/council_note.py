from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from providers.models import Provider
from registry.models import Council


class CouncilNote(models.Model):
    """What a council's commissioners write about a provider for each other. It never leaves the council.

    It is in no feed, no other council's page and no copy of the provider's own data: the council answers for it, and
    gives it to whoever has a right to ask. The form says so to whoever writes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="provider_notes")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-written_at", "pk"]
        indexes = [models.Index(fields=["council", "provider"], name="council_note_of_provider")]

    def __str__(self) -> str:
        return f"note of {self.council_id} about {self.provider_id}"
