from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.models.team_member import TeamMember
from providers.models.team_plan import TeamPlan


class TeamYes(models.Model):
    """One member's own yes, signed: to a plan, or to asking somebody new."""

    member = models.ForeignKey(TeamMember, on_delete=models.CASCADE, related_name="said_yes")
    plan = models.ForeignKey(TeamPlan, on_delete=models.CASCADE, null=True, blank=True, related_name="yeses")
    newcomer = models.ForeignKey(TeamMember, on_delete=models.CASCADE, null=True, blank=True, related_name="yeses")
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["said_at"]
        constraints = [
            models.CheckConstraint(
                name="team_yes_to_one_thing",
                condition=Q(plan__isnull=True, newcomer__isnull=False) | Q(plan__isnull=False, newcomer__isnull=True),
            ),
            models.UniqueConstraint(fields=["member", "plan", "newcomer"], nulls_distinct=False, name="team_yes_once"),
        ]

    def __str__(self) -> str:
        return f"yes of {self.member_id}"
