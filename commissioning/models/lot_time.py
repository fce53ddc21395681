from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commissioning.models.lot import Lot
from providers.models.availability import Day


class LotTime(models.Model):
    """When some of a lot's hours are wanted: a window on one day of the week, and how much work is in it.

    Of the lot as a whole: never of a person or a visit (rule 13). A lot without rows wants its hours at any time.
    """

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="times")
    day = models.CharField(max_length=3, choices=Day.choices)
    # Minutes after midnight: 24:00 is an end, and no time of day can say it.
    starts_minute = models.PositiveSmallIntegerField(_("from, in minutes after midnight"))
    ends_minute = models.PositiveSmallIntegerField(_("to, in minutes after midnight"))
    # May be more than the window is long: three people can be at work in it at once.
    minutes_needed = models.PositiveIntegerField(_("minutes of work wanted in the window, each week"))

    class Meta:
        ordering = ["lot", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "day", "starts_minute"], name="lot_time_once"),
            models.CheckConstraint(name="lot_time_day_known", condition=Q(day__in=Day.values)),
            models.CheckConstraint(
                name="lot_time_in_order",
                condition=Q(ends_minute__gt=F("starts_minute"), ends_minute__lte=24 * 60),
            ),
            models.CheckConstraint(name="lot_time_has_work", condition=Q(minutes_needed__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts_minute}-{self.ends_minute} of lot {self.lot_id}"
