from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.models.credential import Credential
from providers.models.scan import ScanState


def evidence_path(instance: Any, filename: str) -> str:
    """A name that says nothing about whose it is; what was typed by a person is never a path."""
    return f"evidence/{instance.id.hex[:2]}/{instance.id.hex}"


class Evidence(models.Model):
    """The uploaded proof of a credential. The file goes when its purpose does; the row says that it went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="evidence")
    file = models.FileField(upload_to=evidence_path, max_length=120, blank=True)
    content_type = models.CharField("as judged from the content", max_length=40)
    size = models.PositiveIntegerField("bytes")
    page = models.PositiveSmallIntegerField(default=1)
    scan = models.CharField(max_length=10, choices=ScanState.choices, default=ScanState.NOT_ASKED)
    scan_claimed_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_file_until_purged",
                condition=Q(purged_at__isnull=True) | Q(purged_at__isnull=False, file=""),
            ),
            models.CheckConstraint(
                name="evidence_refused_is_destroyed",
                condition=~Q(scan=ScanState.REFUSED) | Q(purged_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.id}"
