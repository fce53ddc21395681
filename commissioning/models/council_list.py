from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models import Service
from registry.models import Council


class CouncilList(models.Model):
    """Services that a council keeps together under a name, from its searches. All its commissioners see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="council_lists")
    name = models.CharField(_("name"), max_length=80)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="council_list_name_once")]

    def __str__(self) -> str:
        return self.name


class CouncilListEntry(models.Model):
    """A service on a council's list. Being off it excludes nobody."""

    list = models.ForeignKey(CouncilList, on_delete=models.CASCADE, related_name="entries")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name_plural = "council list entries"
        constraints = [models.UniqueConstraint(fields=["list", "service"], name="council_list_entry_once")]

    def __str__(self) -> str:
        return f"{self.service_id} on {self.list_id}"
