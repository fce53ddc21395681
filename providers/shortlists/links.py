"""The addresses of a family's list: one to change it, one to look at it. Both are signed: only ours are looked up."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from providers.models import KeptList
from providers.models.kept_list import LASTS

# Whoever may look knows the number of the look and not that of the list; with another salt it opens nothing else.
CHANGING = Signer(salt="providers.shortlists.changing", sep=".")
LOOKING = Signer(salt="providers.shortlists.looking", sep=".")
# Strictly necessary: it remembers on this device which list "Keep this one" adds to. The privacy page tells of it.
COOKIE = "nearhand_list"


def token_of(kept: KeptList) -> str:
    return CHANGING.sign(kept.pk.hex)


def look_token_of(kept: KeptList) -> str:
    return LOOKING.sign(kept.shown_by.hex)


def address_of(kept: KeptList) -> str:
    """Whoever has it may change the list."""
    return settings.SITE_URL + reverse("shortlist", args=[token_of(kept)])


def look_address_of(kept: KeptList) -> str:
    return settings.SITE_URL + reverse("shared_list", args=[look_token_of(kept)])


def list_to_change(token: str, today: datetime.date) -> KeptList | None:
    key = _read(CHANGING, token)
    return KeptList.objects.open_on(today).filter(pk=key).first() if key else None


def list_to_look_at(token: str, today: datetime.date) -> KeptList | None:
    key = _read(LOOKING, token)
    return KeptList.objects.open_on(today).filter(shown_by=key).first() if key else None


def list_of_device(request: HttpRequest, today: datetime.date) -> KeptList | None:
    """The list that this device was told to remember, if it is still kept."""
    token = request.COOKIES.get(COOKIE)
    return list_to_change(token, today) if token else None


def remember(response: HttpResponse, kept: KeptList) -> None:
    response.set_cookie(
        COOKIE,
        token_of(kept),
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def _read(signer: Signer, token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=signer.unsign(token))
    except (BadSignature, ValueError):
        return None
