from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.service import Service
from registry.models import Council, District


class Reach(models.TextChoices):
    DISTANCE = "distance", _("We travel up to a distance")
    AREA = "area", _("We go anywhere in a named area")
    COME_TO_US = "come_to_us", _("People come to us")


class Coverage(models.Model):
    """One way a service reaches people. A service has one or more rows."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="coverage")
    reach = models.CharField(max_length=12, choices=Reach.choices)
    # British National Grid, metres: the base travelled from, or the place people come to.
    easting = models.IntegerField(null=True, blank=True)
    northing = models.IntegerField(null=True, blank=True)
    metres = models.PositiveIntegerField(_("furthest travelled"), null=True, blank=True)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("the place people come to, as shown"), max_length=120, blank=True)
    # Only of a place that is not the base: the base may be a home, and is kept with the provider (rule 10).
    postcode = models.CharField(_("postcode of the place people come to"), max_length=8, blank=True)

    class Meta:
        verbose_name_plural = "coverage"
        constraints = [
            # The search table holds one circle a service for each of these.
            models.UniqueConstraint(
                fields=["service", "reach"],
                condition=Q(reach__in=[Reach.DISTANCE, Reach.COME_TO_US]),
                name="coverage_one_base_one_door",
            ),
            models.CheckConstraint(
                name="coverage_is_one_of_three",
                condition=Q(
                    reach=Reach.DISTANCE,
                    easting__isnull=False,
                    northing__isnull=False,
                    metres__isnull=False,
                    council__isnull=True,
                    district__isnull=True,
                )
                | Q(reach=Reach.AREA, council__isnull=False, district__isnull=True, metres__isnull=True)
                | Q(reach=Reach.AREA, council__isnull=True, district__isnull=False, metres__isnull=True)
                | Q(
                    reach=Reach.COME_TO_US,
                    easting__isnull=False,
                    northing__isnull=False,
                    metres__isnull=True,
                    council__isnull=True,
                    district__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reach} of {self.service_id}"
