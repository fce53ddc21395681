from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.models.provider import Provider
from registry.models import Council


class CouncilListingQuerySet(models.QuerySet["CouncilListing"]):
    def current(self) -> CouncilListingQuerySet:
        return self.filter(listed_at__isnull=False, ended_at__isnull=True)

    def asked(self) -> CouncilListingQuerySet:
        """Asked for by the provider, and not answered yet."""
        return self.filter(listed_at__isnull=True, ended_at__isnull=True)


class CouncilListing(models.Model):
    """That a provider is on one council's list, from a day to a day: asked, listed, ended, each dated and signed.

    The council of its base publishes it; any other council that it works for may list it too, and rely on what the
    first has seen or look again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="council_listings")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="provider_listings")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    listed_at = models.DateTimeField(null=True, blank=True)
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField("why the council said no, as the provider reads it", max_length=2000, blank=True)

    objects = CouncilListingQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "council"], condition=Q(ended_at__isnull=True), name="council_listing_once"
            ),
            models.CheckConstraint(
                name="council_listing_listed_by_someone",
                condition=Q(listed_by__isnull=True) | Q(listed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} with {self.council_id}"
