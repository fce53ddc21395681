from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models.council import Council


class CouncilRole(models.TextChoices):
    COMMISSIONER = "commissioner", _("Commissioner")
    CHECKER = "checker", _("Checker")
    ADMINISTRATOR = "administrator", _("Administrator")


class CouncilMembershipQuerySet(models.QuerySet["CouncilMembership"]):
    def current(self) -> CouncilMembershipQuerySet:
        return self.filter(ended_at__isnull=True)


class CouncilMembership(models.Model):
    """A person's role in a council, from one moment to another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="council_memberships")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=CouncilRole.choices)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CouncilMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "council", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="council_membership_once",
            ),
            models.CheckConstraint(
                name="council_membership_role_known", condition=models.Q(role__in=CouncilRole.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.council_id}"
