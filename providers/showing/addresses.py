"""A provider's short address, for paper and for telling on the phone, and the QR code that opens it."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.urls import reverse

from providers.models import Provider

# Modules of the drawing that stay white around a code: less, and some telephones do not see it.
QUIET = 4


def short_address(provider: Provider) -> str:
    return settings.SITE_URL + reverse("short_address", args=[provider.short_code])


def spoken(address: str) -> str:
    """As people type it: without what a browser adds by itself."""
    return address.partition("://")[2].rstrip("/")


def qr_svg(address: str) -> str:
    out = io.BytesIO()
    # Q: readable with a quarter of it covered or worn away, as on a notice board.
    segno.make(address, error="q", micro=False).save(out, kind="svg", border=QUIET, scale=10, xmldecl=False)
    return out.getvalue().decode()


def qr_png(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="png", border=QUIET, scale=20)
    return out.getvalue()
