from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.models.requirement import Requirement
from providers.models import Category


class Lot(models.Model):
    """A part that can be supplied alone: service x area x hours."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="lots")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    # Postcode districts (BA1, BA2); none means everywhere in the council.
    outcodes = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    # None where hours mean nothing: places in a care home, meals delivered.
    hours_per_week = models.PositiveIntegerField(_("hours a week"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "number"],
                name="lot_number_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="lot_hours_positive", condition=Q(hours_per_week__isnull=True) | Q(hours_per_week__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"lot {self.number} of {self.requirement_id}"
