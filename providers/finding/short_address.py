"""A provider's short address, for paper and for telling on the phone."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def short_address(short_code: str) -> str:
    return settings.SITE_URL + reverse("short_address", args=[short_code])


def spoken(address: str) -> str:
    """As people type it: without what a browser adds by itself."""
    return address.partition("://")[2].rstrip("/")
