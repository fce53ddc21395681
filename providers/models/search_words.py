from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from providers.models.listing import Listing


class SearchWords(models.Model):
    """What is searched in a listed service's words, beside the search row and not in it: text is wide, rows are lean.

    `providers.listings.entries` writes it and nothing else. `words` also holds what can be chosen ("=c12", a category
    by its number), so that a question without a place is answered by the same index.
    """

    listing = models.OneToOneField(
        Listing, on_delete=models.CASCADE, primary_key=True, related_name="search_words", db_column="service_id"
    )
    words = SearchVectorField()
    vector = models.BinaryField(null=True, help_text="what it means, as one small number for each dimension")

    class Meta:
        verbose_name_plural = "search words"
        # Without a list of waiting entries: whoever reads next would pay for it.
        indexes = [GinIndex(fields=["words"], name="search_words", fastupdate=False)]

    def __str__(self) -> str:
        return f"words of {self.listing_id}"
