from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from providers.models.availability import Day
from providers.models.service import Service


class WeeklyHours(models.Model):
    """From when to when a service can be had on a day of the week. Of the service: never of a person or a visit."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="weekly_hours")
    day = models.CharField(max_length=3, choices=Day.choices)
    # Minutes after midnight: 24:00 is an end, and no time of day can say it.
    starts_minute = models.PositiveSmallIntegerField(_("from, in minutes after midnight"))
    ends_minute = models.PositiveSmallIntegerField(_("to, in minutes after midnight"))

    class Meta:
        verbose_name_plural = "weekly hours"
        ordering = ["service", "starts_minute"]
        constraints = [
            models.UniqueConstraint(fields=["service", "day", "starts_minute"], name="weekly_hours_once"),
            models.CheckConstraint(name="weekly_hours_day_known", condition=Q(day__in=Day.values)),
            models.CheckConstraint(
                name="weekly_hours_in_order",
                condition=Q(ends_minute__gt=F("starts_minute"), ends_minute__lte=24 * 60),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts_minute}-{self.ends_minute} of {self.service_id}"
