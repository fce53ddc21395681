"""The address of a passport link: a number nobody can guess, signed, so that nothing but ours is ever looked up."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from providers.models import PassportLink

SIGNER = Signer(salt="providers.showing.passport", sep=".")


def address_of(link: PassportLink) -> str:
    return settings.SITE_URL + reverse("passport", args=[SIGNER.sign(link.pk.hex)])


def open_link(token: str, now: datetime.datetime) -> PassportLink | None:
    """The link of an address that still opens; None for one that was ended, has expired, or was never ours."""
    try:
        key = uuid.UUID(hex=SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return PassportLink.objects.open_at(now).select_related("provider").filter(pk=key).first()
