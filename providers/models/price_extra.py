from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.service import PriceUnit, Service


class ExtraFor(models.TextChoices):
    WEEKEND = "weekend", _("At weekends")
    BANK_HOLIDAY = "bank_holiday", _("On bank holidays")
    EVENING = "evening", _("In the evening or at night")
    MILEAGE = "mileage", _("For travel")
    SECOND_PERSON = "second_person", _("For a second person helped")


class PriceExtra(models.Model):
    """A price that differs from the usual one, and when. The whole price, not what is added to it."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="extras")
    extra_for = models.CharField(max_length=20, choices=ExtraFor.choices)
    price_pence = models.PositiveIntegerField(_("price in pence"))
    price_unit = models.CharField(max_length=10, choices=PriceUnit.choices)

    class Meta:
        ordering = ["extra_for"]
        constraints = [
            models.UniqueConstraint(fields=["service", "extra_for"], name="price_extra_once"),
            models.CheckConstraint(name="price_extra_known", condition=Q(extra_for__in=ExtraFor.values)),
            models.CheckConstraint(name="price_extra_unit_known", condition=Q(price_unit__in=PriceUnit.values)),
        ]

    def __str__(self) -> str:
        return f"{self.extra_for} of {self.service_id}"
