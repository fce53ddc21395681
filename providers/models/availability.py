from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.service import Service


class Space(models.TextChoices):
    NOW = "now", _("Space now")
    WAITING = "waiting", _("Waiting list")
    FULL = "full", _("Full")
    AWAY = "away", _("Away until a date")
    NOT_KNOWN = "not_known", _("Not known")


class Day(models.TextChoices):
    MONDAY = "mon", _("Monday")
    TUESDAY = "tue", _("Tuesday")
    WEDNESDAY = "wed", _("Wednesday")
    THURSDAY = "thu", _("Thursday")
    FRIDAY = "fri", _("Friday")
    SATURDAY = "sat", _("Saturday")
    SUNDAY = "sun", _("Sunday")


class PartOfDay(models.TextChoices):
    MORNING = "morning", _("Mornings")
    AFTERNOON = "afternoon", _("Afternoons")
    EVENING = "evening", _("Evenings")
    NIGHT = "night", _("Nights")


class Availability(models.Model):
    """When a service is given, and whether there is room: with the day someone last said so."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, primary_key=True, related_name="availability")
    days = ArrayField(models.CharField(max_length=3, choices=Day.choices), default=list, blank=True)
    parts = ArrayField(models.CharField(max_length=10, choices=PartOfDay.choices), default=list, blank=True)
    space = models.CharField(max_length=10, choices=Space.choices, default=Space.NOT_KNOWN)
    away_until = models.DateField(null=True, blank=True)
    hours_free = models.PositiveSmallIntegerField(_("hours a week free"), null=True, blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)

    class Meta:
        verbose_name_plural = "availability"
        constraints = [
            models.CheckConstraint(name="availability_space_known", condition=Q(space__in=Space.values)),
            models.CheckConstraint(
                name="availability_away_has_date",
                condition=~Q(space=Space.AWAY) | Q(away_until__isnull=False),
            ),
            models.CheckConstraint(
                name="availability_hours_in_a_week",
                condition=Q(hours_free__isnull=True) | Q(hours_free__lte=1512),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space} {self.service_id}"
