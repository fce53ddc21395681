from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from commissioning.models.requirement import Requirement, new_reference
from registry.models import Council


class Summary(models.Model):
    """The procurement summary: facts frozen at locking, pages and papers made from them, a fingerprint.

    `facts` never changes. `fingerprint` is the SHA-256 of its canonical JSON (RFC 8785).
    """

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    requirement = models.OneToOneField(Requirement, on_delete=models.PROTECT, related_name="summary")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="summaries")
    locked_at = models.DateTimeField(default=timezone.now)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    # When the time for keeping it was over: facts and papers are gone, reference and fingerprint stay (rule 9).
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-locked_at"]
        verbose_name_plural = "summaries"
        constraints = [
            models.CheckConstraint(
                name="summary_whole_or_ended",
                condition=Q(ended_at__isnull=True) & ~Q(facts={}) | Q(ended_at__isnull=False, facts={}),
            ),
        ]

    def __str__(self) -> str:
        return f"summary {self.reference}"

    @property
    def fingerprint_in_groups(self) -> str:
        """Eight digits at a time, for somebody who has to type them."""
        return " ".join(self.fingerprint[start : start + 8] for start in range(0, 64, 8))
