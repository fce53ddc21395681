"""What is open to all of listed providers, from their approved versions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from providers.models import Provider, Version

Frozen = dict[str, Any]


def open_providers() -> QuerySet[Provider]:
    """The public's, without those who stay out of open data: they are found on the website alone."""
    return Provider.listed.filter(out_of_feed_since__isnull=True)


def contents_of(providers: Collection[UUID]) -> dict[UUID, Frozen]:
    """What is approved of each today."""
    newest = Version.objects.filter(provider__in=providers).order_by("provider_id", "-number").distinct("provider_id")
    return dict(newest.values_list("provider", "content"))
