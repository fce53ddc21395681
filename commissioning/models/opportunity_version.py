from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.models.opportunity import Opportunity


class OpportunityVersion(models.Model):
    """What was published, word for word. A later change is a further version; the earlier ones stay to be read."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    note = models.CharField(_("what changed, and why"), max_length=500, blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "number"], name="opportunity_version_once"),
            models.CheckConstraint(
                name="opportunity_version_says_what_changed", condition=Q(number=1) | Q(number__gt=1) & ~Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of opportunity {self.opportunity_id}"
