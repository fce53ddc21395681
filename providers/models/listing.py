from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.models.availability import Space
from providers.models.geometry import CircleField
from providers.models.provider import Provider
from providers.models.service import Service
from providers.models.version import Version


class Listing(models.Model):
    """One row of the search table: a listed service, flattened from the approved version of its provider.

    Derived; `providers.listings.actions` writes it and nothing else. A row exists only while the service is listed.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, primary_key=True, related_name="listing")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="listings")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    provider_name = models.CharField(max_length=120)
    categories = ArrayField(models.CharField(max_length=60), default=list)
    client_groups = ArrayField(models.CharField(max_length=30), default=list)
    payers = ArrayField(models.CharField(max_length=20), default=list)
    days = ArrayField(models.CharField(max_length=3), default=list)
    space = models.CharField(max_length=10, choices=Space.choices, default=Space.NOT_KNOWN)
    away_until = models.DateField(null=True, blank=True)
    price_pence = models.PositiveIntegerField(null=True, blank=True)
    price_unit = models.CharField(max_length=10, blank=True)
    # Where it is reckoned from when results are put in order of nearness; none for area-only services.
    easting = models.IntegerField(null=True, blank=True)
    northing = models.IntegerField(null=True, blank=True)
    reach = CircleField(_("base and distance"), null=True, blank=True)
    areas = ArrayField(models.CharField(max_length=9), default=list, help_text=_("district codes gone to"))
    come_to_us = models.BooleanField(default=False)
    confirmed_on = models.DateField(null=True, blank=True)
    words = SearchVectorField(null=True)

    objects = models.Manager()

    class Meta:
        indexes = [
            GistIndex(fields=["reach"], name="listing_reach"),
            GinIndex(fields=["areas"], name="listing_areas"),
            GinIndex(fields=["categories"], name="listing_categories"),
            GinIndex(fields=["words"], name="listing_words"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.provider_name})"
