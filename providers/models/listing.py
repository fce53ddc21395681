from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.availability import Space
from providers.models.geometry import CircleField
from providers.models.provider import Provider
from providers.models.service import Service
from providers.models.version import Version


class ListingQuerySet(models.QuerySet["Listing"]):
    def in_open_feed(self) -> ListingQuerySet:
        """Without those who stay out of it. A fact of the row, and not of a version: leaving holds at once."""
        return self.filter(provider__out_of_feed_since__isnull=True)


class ListedListings(models.Manager.from_queryset(ListingQuerySet)):  # type: ignore[misc]  # made at run time
    """For the public: a provider that was suspended or has left is gone at once, whatever rows remain."""

    def get_queryset(self) -> ListingQuerySet:
        gone = Q(provider__suspended_at__isnull=False) | Q(provider__left_at__isnull=False)
        return ListingQuerySet(self.model, using=self._db).exclude(gone)


class Listing(models.Model):
    """A listed service, flattened from the approved version of its provider. It exists only while that is listed.

    Derived; `providers.listings.actions` writes it and nothing else. Families' searches read `SearchRow`, made of this.
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
    # A circle and no flag, so that an index answers "near enough for people to go to".
    come_to_us = CircleField(_("the place people come to, and how far most will travel"), null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)

    objects = ListingQuerySet.as_manager()
    listed = ListedListings()

    class Meta:
        indexes = [
            GistIndex(fields=["reach"], name="listing_reach"),
            GistIndex(fields=["come_to_us"], name="listing_come_to_us"),
            GinIndex(fields=["areas"], name="listing_areas"),
            GinIndex(fields=["categories"], name="listing_categories"),
            # A slip is found by what it leaves of a name.
            GinIndex(OpClass("provider_name", "gin_trgm_ops"), name="listing_provider_name", fastupdate=False),
            models.Index(fields=["confirmed_on"], name="listing_confirmed_on"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.provider_name})"
