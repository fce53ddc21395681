from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider


class ProviderRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    READER = "reader", _("Reader")


class ProviderMembershipQuerySet(models.QuerySet["ProviderMembership"]):
    def current(self) -> ProviderMembershipQuerySet:
        return self.filter(ended_at__isnull=True)


class ProviderMembership(models.Model):
    """A person's part in running a provider."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="provider_memberships")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=ProviderRole.choices)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ProviderMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "provider"],
                condition=models.Q(ended_at__isnull=True),
                name="provider_membership_once",
            ),
            models.CheckConstraint(
                name="provider_membership_role_known", condition=models.Q(role__in=ProviderRole.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.provider_id}"
