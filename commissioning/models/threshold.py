from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q

from registry.models.council import Nation


class ThresholdQuerySet(models.QuerySet["Threshold"]):
    def in_force(self, nation: str, day: datetime.date) -> ThresholdQuerySet:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), nation=nation, starts_on__lte=day)


class Threshold(models.Model):
    """A sum in the law of one nation, from one day to another: never a constant in code (rule 8)."""

    nation = models.CharField(max_length=20, choices=Nation.choices)
    key = models.SlugField(max_length=40)
    amount_pence = models.BigIntegerField("including VAT")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    source_url = models.URLField(blank=True)
    # The day somebody held this against its source; none until somebody has (rule 8).
    checked_on = models.DateField(null=True, blank=True)

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nation", "key", "starts_on"], name="threshold_once_from_a_day")]

    def __str__(self) -> str:
        return f"{self.key} in {self.nation} from {self.starts_on}"
