from __future__ import annotations

from django.db import models
from django.db.models.functions import ExtractIsoWeekDay

from providers.models.provider import Provider


class WeeklyFigure(models.Model):
    """How often a provider was found, opened and asked in a week that begins on a Monday. No visitor is in it."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="figures")
    week = models.DateField("the Monday it begins on")
    found = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-week"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "week"], name="weekly_figure_once"),
            models.CheckConstraint(
                name="weekly_figure_from_monday",
                condition=models.lookups.Exact(ExtractIsoWeekDay("week"), 1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} in the week of {self.week}"
