from __future__ import annotations

from django.db import models
from django.db.models.functions import ExtractIsoWeekDay

from providers.models.provider import Provider


class AnswerTime(models.Model):
    """How long an answer to somebody took, and nothing of who or what; None is never. Weeks begin on a Monday."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="answer_times")
    week = models.DateField("the Monday of the week in which somebody asked")
    hours = models.PositiveSmallIntegerField("whole hours until it was answered", null=True, blank=True)

    class Meta:
        ordering = ["-week"]
        indexes = [models.Index(fields=["provider", "week"], name="answer_time_of_provider")]
        constraints = [
            models.CheckConstraint(
                name="answer_time_from_monday",
                condition=models.lookups.Exact(ExtractIsoWeekDay("week"), 1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} hours in the week of {self.week}"
