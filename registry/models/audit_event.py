from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """Who did what to what, and when: ids, verbs and field names only (rule 15).

    The database refuses UPDATE, DELETE and TRUNCATE (a trigger made by migration), so nothing that can be
    asked to be forgotten may ever be written here.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    verb = models.CharField(max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="audit_events"
    )
    target_kind = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    # The tenant it happened for; not a foreign key, so that nothing can cascade into it.
    council_code = models.CharField(max_length=9, blank=True)
    provider_id = models.UUIDField(null=True, blank=True)
    fields = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["council_code", "-at"], name="audit_by_council"),
            models.Index(fields=["provider_id", "-at"], name="audit_by_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_kind} {self.target_id}"
