from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from providers.models.provider import Provider


class PassportLinkQuerySet(models.QuerySet["PassportLink"]):
    def open_at(self, moment: object) -> PassportLinkQuerySet:
        return self.filter(ended_at__isnull=True, expires_at__gt=moment)


class PassportLink(models.Model):
    """A link that shows a provider's credentials to whoever holds it, until it expires or is ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="passport_links")
    made_for = models.CharField("whom it is for, in the provider's own words", max_length=120, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PassportLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(name="passport_link_expires_later", condition=Q(expires_at__gt=F("made_at"))),
        ]

    def __str__(self) -> str:
        return f"passport link {self.id}"
