"""The link in a customer's e-mail: signed, for this purpose alone, good for as long as the question stands."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from providers.models import Reference
from providers.models.reference import REFERENCE_LASTS
from providers.references.rules import State, state

SALT = "providers.references"


def link_to(reference: Reference) -> str:
    return settings.SITE_URL + reverse("reference", args=[token_of(reference)])


def token_of(reference: Reference) -> str:
    return signing.Signer(salt=SALT).sign(reference.pk.hex)


def reference_of(token: str) -> Reference | None:
    """The one that a link is about, whatever became of it; None for a link that is not whole, or not ours.

    The day on which it ends stands in its row and not in the link: then an old link still gets a page that says so.
    """
    try:
        found = uuid.UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    references = Reference.objects.select_related("provider__home_council").defer("provider__home_council__boundary")
    return references.filter(pk=found, provider__left_at__isnull=True).first()


def state_of(reference: Reference, now: datetime.datetime) -> State:
    return state(
        asked_at=reference.asked_at,
        answered_at=reference.answered_at,
        declined_at=reference.declined_at,
        withdrawn_at=reference.withdrawn_at,
        lasts=REFERENCE_LASTS,
        now=now,
    )
