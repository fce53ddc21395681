from __future__ import annotations

import datetime
from typing import Any, Protocol

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from providers.models.availability import Space
from providers.models.geometry import CircleField
from providers.models.provider import Provider
from providers.models.service import Service
from providers.models.version import Version


class Spot(Protocol):
    """Somewhere that a service may have to reach: a `Place`, or a lot's place."""

    @property
    def easting(self) -> int: ...
    @property
    def northing(self) -> int: ...
    @property
    def district_code(self) -> str: ...


def _comes_to(spot: Spot) -> Q:
    return Q(reach__reaches=(spot.easting, spot.northing))


def _goes_anywhere_in_the_area_of(spot: Spot) -> Q:
    return Q(areas__contains=[spot.district_code])


def _is_near_enough_to_go_to(spot: Spot) -> Q:
    return Q(come_to_us__reaches=(spot.easting, spot.northing))


def _ways(spot: Spot) -> dict[str, ExpressionWrapper[Q]]:
    ways = {
        "comes": _comes_to(spot),
        "anywhere_in_area": _goes_anywhere_in_the_area_of(spot),
        "near_enough": _is_near_enough_to_go_to(spot),
    }
    return {way: ExpressionWrapper(holds, output_field=models.BooleanField()) for way, holds in ways.items()}


def _distance(spot: Spot) -> dict[str, Any]:
    metres = models.FloatField(null=True)
    base = Func(F("easting"), F("northing"), function="point", output_field=metres)
    there = Func(Value(spot.easting), Value(spot.northing), function="point", output_field=metres)
    away = Func(base, there, template="(%(expressions)s)", arg_joiner=" <-> ", output_field=metres)
    return {"metres_away": away}


class ListingQuerySet(models.QuerySet["Listing"]):
    def reaching(self, spot: Spot) -> ListingQuerySet:
        """Services that can be had there. Three indexes, read as one bitmap: keep it one flat OR."""
        return self.filter(_comes_to(spot) | _goes_anywhere_in_the_area_of(spot) | _is_near_enough_to_go_to(spot))

    def in_open_feed(self) -> ListingQuerySet:
        """Without those who stay out of it. A fact of the row, and not of a version: leaving holds at once."""
        return self.filter(provider__out_of_feed_since__isnull=True)

    def distance_from(self, spot: Spot) -> ListingQuerySet:
        """Adds `metres_away` in a straight line; None where no base is known."""
        return self.annotate(**_distance(spot))

    def based_within(self, metres: int, spot: Spot) -> ListingQuerySet:
        return self.filter(LessThanOrEqual(_distance(spot)["metres_away"], Value(metres)))

    def nearest_first(self, spot: Spot) -> ListingQuerySet:
        """Services without a known base come last; the same search always gives the same order."""
        return self.distance_from(spot).order_by(F("metres_away").asc(nulls_last=True), "service_id")

    def confirmed_first(self, spot: Spot, since: datetime.date) -> ListingQuerySet:
        """Nearest first of those confirmed since a day; then, nearest first again, those who should confirm."""
        good = Q(confirmed_on__gte=since)
        is_old = Case(When(good, then=Value(0)), default=Value(1), output_field=models.SmallIntegerField())
        return self.distance_from(spot).order_by(is_old, F("metres_away").asc(nulls_last=True), "service_id")

    def saying_why(self, spot: Spot) -> ListingQuerySet:
        """Adds `comes`, `anywhere_in_area` and `near_enough`: each way in which the service reaches the place."""
        return self.annotate(**_ways(spot))


class ListedListings(models.Manager.from_queryset(ListingQuerySet)):  # type: ignore[misc]  # made at run time
    """For the public: a provider that was suspended or has left is gone at once, whatever rows remain."""

    def get_queryset(self) -> ListingQuerySet:
        gone = Q(provider__suspended_at__isnull=False) | Q(provider__left_at__isnull=False)
        return ListingQuerySet(self.model, using=self._db).exclude(gone)


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
    # A circle and no flag, so that an index answers "near enough for people to go to".
    come_to_us = CircleField(_("the place people come to, and how far most will travel"), null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)

    # Added by `distance_from` and `saying_why`.
    metres_away: float | None
    comes: bool
    anywhere_in_area: bool
    near_enough: bool

    objects = ListingQuerySet.as_manager()
    listed = ListedListings()

    class Meta:
        indexes = [
            GistIndex(fields=["reach"], name="listing_reach"),
            GistIndex(fields=["come_to_us"], name="listing_come_to_us"),
            GinIndex(fields=["areas"], name="listing_areas"),
            GinIndex(fields=["categories"], name="listing_categories"),
            models.Index(fields=["confirmed_on"], name="listing_confirmed_on"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.provider_name})"
