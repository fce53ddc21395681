from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.models.provider import Provider
from providers.models.provider_membership import ProviderRole

INVITATION_LASTS = datetime.timedelta(days=14)


class ProviderInvitationQuerySet(models.QuerySet["ProviderInvitation"]):
    def open_at(self, moment: datetime.datetime) -> ProviderInvitationQuerySet:
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, created_at__gt=moment - INVITATION_LASTS
        )


class ProviderInvitation(models.Model):
    """An owner's word that the holder of an email address may help to run the provider."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=10, choices=ProviderRole.choices)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ProviderInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="provider_invitation_accepted_by_someone",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(name="provider_invitation_role_known", condition=Q(role__in=ProviderRole.values)),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.provider_id}"
