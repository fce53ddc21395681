from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.models.team import Team, TeamForm
from providers.models.team_member import TeamMember


class TeamPlanQuerySet(models.QuerySet["TeamPlan"]):
    def asked(self) -> TeamPlanQuerySet:
        return self.filter(agreed_at__isnull=True, dropped_at__isnull=True)


class TeamPlan(models.Model):
    """Who is to lead a team, and in what form: one member's wish, agreed once every member has said yes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="plans")
    lead = models.ForeignKey(TeamMember, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=12, choices=TeamForm)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(TeamMember, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    # A member said no, it was taken back, another took its place, or the one that was to lead has left.
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = TeamPlanQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(agreed_at__isnull=True, dropped_at__isnull=True),
                name="team_plan_one_asked",
            ),
            models.CheckConstraint(name="team_plan_form_known", condition=Q(form__in=TeamForm.values)),
            models.CheckConstraint(
                name="team_plan_one_end", condition=Q(agreed_at__isnull=True) | Q(dropped_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.team_id}"
