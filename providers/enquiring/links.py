"""Signed links, each good for one thing: the sender's own page, the sender's press, and answering without an account.

The one that comes by mail is not the one that a browser is led to: whoever typed somebody else's address could
otherwise press in their place.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from providers.models import Enquiry

SEES = signing.Signer(salt="providers.enquiring.sees")
CONFIRMS = signing.Signer(salt="providers.enquiring.confirms")
ANSWERS = signing.Signer(salt="providers.enquiring.answers")


def token_of(enquiry: Enquiry, signer: signing.Signer) -> str:
    return signer.sign(enquiry.pk.hex)


def enquiry_of(token: str, signer: signing.Signer) -> Enquiry | None:
    """The one that a link is about while it is kept; None for one that is deleted, or a link that is not ours."""
    try:
        found = uuid.UUID(signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    enquiries = Enquiry.objects.select_related("provider__home_council", "service")
    return enquiries.defer("provider__home_council__boundary").filter(pk=found, provider__left_at__isnull=True).first()


def sees(enquiry: Enquiry) -> str:
    return settings.SITE_URL + reverse("enquiry", args=[token_of(enquiry, SEES)])


def confirms(enquiry: Enquiry) -> str:
    return settings.SITE_URL + reverse("confirm_enquiry", args=[token_of(enquiry, CONFIRMS)])


def answers(enquiry: Enquiry) -> str:
    return settings.SITE_URL + reverse("answer_enquiry_by_link", args=[token_of(enquiry, ANSWERS)])


def own_page(enquiry: Enquiry) -> str:
    return settings.SITE_URL + reverse("my_enquiry", args=[enquiry.provider.slug, enquiry.pk])
