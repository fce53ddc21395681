from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from registry.models.council import Council
from registry.models.council_membership import CouncilRole

INVITATION_LASTS = datetime.timedelta(days=14)


class CouncilInvitationQuerySet(models.QuerySet["CouncilInvitation"]):
    def open_at(self, moment: datetime.datetime) -> CouncilInvitationQuerySet:
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, created_at__gt=moment - INVITATION_LASTS
        )


class CouncilInvitation(models.Model):
    """An administrator's word that the holder of an email address may take a role in the council."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=CouncilRole.choices)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CouncilInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="council_invitation_accepted_by_someone",
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="council_invitation_role_known", condition=models.Q(role__in=CouncilRole.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.council_id}"
