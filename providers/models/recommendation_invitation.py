from __future__ import annotations

import datetime
import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import SHORT_CODE_LETTERS, Provider

RECOMMENDATION_INVITATION_LASTS = datetime.timedelta(days=60)
CODE_LENGTH = 12


def new_code() -> str:
    return "".join(secrets.choice(SHORT_CODE_LETTERS) for _ in range(CODE_LENGTH))


class CameFrom(models.TextChoices):
    MAIL = "mail", _("The provider asked them by e-mail")
    PAPER = "paper", _("The provider gave them a card")
    ENQUIRY = "enquiry", _("They had asked the provider here")
    AGAIN = "again", _("They wrote it a second time")


class RecommendationInvitationQuerySet(models.QuerySet["RecommendationInvitation"]):
    def open_at(self, moment: datetime.datetime) -> RecommendationInvitationQuerySet:
        return self.filter(
            used_at__isnull=True, ended_at__isnull=True, made_at__gt=moment - RECOMMENDATION_INVITATION_LASTS
        )


class RecommendationInvitation(models.Model):
    """A code that lets one customer say once how it went. The address it was sent to goes when it is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="recommendation_invitations")
    came_from = models.CharField(max_length=10, choices=CameFrom.choices)
    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    email = models.EmailField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    used_at = models.DateTimeField(null=True, blank=True)
    # Taken back by the provider, or the customer would rather not.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RecommendationInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="recommendation_invitation_origin_known", condition=Q(came_from__in=CameFrom.values)
            ),
            models.CheckConstraint(
                name="recommendation_invitation_blank_when_over",
                condition=Q(used_at__isnull=True, ended_at__isnull=True) | Q(email=""),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.provider_id}"
