"""The writer's own signed link, and the address of an invitation."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from providers.models import Provider, Recommendation, RecommendationInvitation
from providers.recommending.rules import spoken

SIGNER = signing.Signer(salt="providers.recommending")


def token_of(recommendation: Recommendation) -> str:
    return SIGNER.sign(recommendation.pk.hex)


def recommendation_of(token: str) -> Recommendation | None:
    try:
        found = uuid.UUID(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    rows = Recommendation.objects.select_related("provider__home_council").defer("provider__home_council__boundary")
    return rows.filter(pk=found, provider__left_at__isnull=True).first()


def link_to(recommendation: Recommendation) -> str:
    return settings.SITE_URL + reverse("recommendation", args=[token_of(recommendation)])


def invitation_link(invitation: RecommendationInvitation) -> str:
    return settings.SITE_URL + reverse("recommend", args=[spoken(invitation.code)])


def own_page(provider: Provider) -> str:
    return settings.SITE_URL + reverse("my_recommendations", args=[provider.slug])
