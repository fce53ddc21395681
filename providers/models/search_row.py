from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import Q

from providers.models.geometry import CircleField
from providers.models.listing import Listing


class SearchRow(models.Model):
    """A listed service as the search reads it, in as few bytes as will do: thousands of these answer one question.

    Derived; `providers.listings.entries` writes it and nothing else, and `providers.listings.packing` says what each
    bit means. The database itself deletes the rows of a provider that is suspended or has left, so that a question
    need not ask after thousands of providers. Fixed widths come first: PostgreSQL finds those columns without a walk.
    """

    listing = models.OneToOneField(
        Listing, on_delete=models.CASCADE, primary_key=True, related_name="search_row", db_column="service_id"
    )
    categories_low = models.BigIntegerField(help_text="categories numbered 0 to 63, a bit each")
    categories_high = models.BigIntegerField(help_text="categories numbered 64 to 127")
    facts = models.BigIntegerField(help_text="days, payers, client groups and whatever else is chosen from, a bit each")
    # Which words its text may hold, two bits of 256 for each: decides on this row, and the words' table has the say.
    signature_1 = models.BigIntegerField()
    signature_2 = models.BigIntegerField()
    signature_3 = models.BigIntegerField()
    signature_4 = models.BigIntegerField()
    in_open_feed = models.BooleanField()
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    confirmed_on = models.DateField(null=True)
    language_set = models.IntegerField(null=True)
    away_until = models.DateField(null=True)
    # Last days on which something that a council saw holds, four to a number: days and no flags (rule 5).
    checked_low = models.BigIntegerField(null=True)
    checked_high = models.BigIntegerField(null=True)
    reach = CircleField(null=True)
    come_to_us = CircleField(null=True)
    areas = ArrayField(models.CharField(max_length=9), null=True)

    class Meta:
        # Each holds only the rows that have such a thing at all.
        indexes = [
            GistIndex(fields=["reach"], name="search_reach", condition=Q(reach__isnull=False)),
            GistIndex(fields=["come_to_us"], name="search_come_to_us", condition=Q(come_to_us__isnull=False)),
            GinIndex(fields=["areas"], name="search_areas", condition=Q(areas__isnull=False), fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"search row of {self.listing_id}"
