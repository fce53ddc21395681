from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q

from registry.models.council import Nation


class LawQuerySet(models.QuerySet["Law"]):
    def in_force(self, nation: str, day: datetime.date) -> LawQuerySet:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), nation=nation, starts_on__lte=day)


class Law(models.Model):
    """A sentence that a summary prints about the law of one nation, with its source and the day it was checked."""

    nation = models.CharField(max_length=20, choices=Nation.choices)
    key = models.SlugField(max_length=40)
    wording = models.TextField("our plain words, never presented as the statute's")
    # Where the sentence counts days, how many: a page reckons the last day from them.
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    citation = models.CharField("the section it rests on", max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source_url = models.URLField(blank=True)
    # The day somebody held this against its source; none until somebody has (rule 8).
    checked_on = models.DateField(null=True, blank=True)

    objects = LawQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "law"
        constraints = [models.UniqueConstraint(fields=["nation", "key", "starts_on"], name="law_once_from_a_day")]

    def __str__(self) -> str:
        return f"{self.key} in {self.nation}"
