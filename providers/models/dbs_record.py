from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider
from registry.models import Council


class DbsLevel(models.TextChoices):
    BASIC = "basic", _("Basic")
    STANDARD = "standard", _("Standard")
    ENHANCED = "enhanced", _("Enhanced")
    ENHANCED_ADULTS = "enhanced_adults", _("Enhanced, with the adults' barred list")
    ENHANCED_CHILDREN = "enhanced_children", _("Enhanced, with the children's barred list")
    ENHANCED_BOTH = "enhanced_both", _("Enhanced, with both barred lists")


class DbsMeans(models.TextChoices):
    ORIGINAL = "original", _("Saw the original certificate")
    UPDATE_SERVICE = "update_service", _("Used the Update Service with consent")


class DbsRecord(models.Model):
    """That somebody saw a DBS certificate. There is no column here for what was on it (rule 1).

    No file, content, outcome, note or hash: what has no place to be written cannot leak. UK GDPR Art 10,
    Police Act 1997 s.124.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="dbs_records")
    person_number = models.PositiveSmallIntegerField(_("which of the people, 1 for the owner"), default=1)
    level = models.CharField(max_length=20, choices=DbsLevel.choices)
    issued_on = models.DateField(_("date of issue"))
    last_four = models.CharField(_("last four digits of its number"), max_length=4, blank=True)
    on_update_service = models.BooleanField(_("on the Update Service"), default=False)
    seen_for = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField()
    means = models.CharField(max_length=20, choices=DbsMeans.choices)
    # The provider's own yes, with its moment: without it, nothing leaves the council that saw it.
    shown_publicly_since = models.DateTimeField(null=True, blank=True)
    shared_with_councils_since = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "DBS record"
        constraints = [
            models.CheckConstraint(name="dbs_level_known", condition=Q(level__in=DbsLevel.values)),
            models.CheckConstraint(name="dbs_means_known", condition=Q(means__in=DbsMeans.values)),
            models.CheckConstraint(
                name="dbs_at_most_four_digits",
                condition=Q(last_four="") | Q(last_four__regex=r"^[0-9]{1,4}$"),
            ),
            models.CheckConstraint(name="dbs_seen_after_issue", condition=Q(seen_on__gte=models.F("issued_on"))),
        ]

    def __str__(self) -> str:
        return f"DBS seen on {self.seen_on}"
