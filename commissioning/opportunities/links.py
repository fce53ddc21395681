"""Addresses in mails. The one that ends such mails is signed, works without signing in, and can do nothing else."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from commissioning.models import Interest, Opportunity
from providers.models import Provider, ProviderMembership
from registry.models import User

NO_MAIL = signing.Signer(salt="commissioning.opportunities.no_mail")


def public(opportunity: Opportunity) -> str:
    return settings.SITE_URL + reverse("opportunity", args=[opportunity.requirement.reference])


def own(interest: Interest, provider: Provider) -> str:
    return settings.SITE_URL + reverse("interest", args=[provider.slug, interest.pk])


def council_page(opportunity: Opportunity) -> str:
    return settings.SITE_URL + reverse("council_opportunity", args=[opportunity.requirement.reference])


def no_mail_token(provider: Provider, user: User) -> str:
    return NO_MAIL.sign(f"{provider.pk.hex}.{user.pk}")


def no_mail(provider: Provider, user: User) -> str:
    return settings.SITE_URL + reverse("no_opportunity_mail", args=[no_mail_token(provider, user)])


def whose(token: str) -> tuple[Provider, User] | None:
    """For whom a link ends these mails, while they help to run that provider; None for one that is not ours."""
    try:
        provider_hex, user_id = NO_MAIL.unsign(token).split(".")
        provider_id, person = uuid.UUID(provider_hex), int(user_id)
    except (signing.BadSignature, ValueError):
        return None
    places = ProviderMembership.objects.current().select_related("provider", "user")
    place = places.filter(provider=provider_id, user=person).first()
    return (place.provider, place.user) if place else None
