"""When invitations, addresses and words go; the published numbers stay."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models import Recommendation, RecommendationInvitation, RecommendationReply
from providers.models.recommendation import PublicDecision
from providers.models.recommendation_invitation import RECOMMENDATION_INVITATION_LASTS
from providers.recommending.actions import forget
from providers.recommending.rules import ADDRESS_KEPT, NEVER_READ, REFUSED_KEPT, SHOWN_FOR
from registry.site import RetentionRule


def purge_invitations(today: datetime.date) -> int:
    over = RecommendationInvitation.objects.filter(made_at__date__lt=today - RECOMMENDATION_INVITATION_LASTS)
    return over.delete()[0]


def purge_recommendations(today: datetime.date) -> int:
    """Words that were shown long enough, that were refused a month ago, and that no council ever came to read."""
    due = Recommendation.objects.standing().filter(
        Q(outcome=PublicDecision.SHOWN, written_at__date__lt=today - SHOWN_FOR)
        | Q(outcome=PublicDecision.REFUSED, decided_at__date__lt=today - REFUSED_KEPT)
        | Q(outcome="", written_at__date__lt=today - NEVER_READ)
    )
    ids = list(due.values_list("pk", flat=True))
    for pk in ids:
        with transaction.atomic():
            said = Recommendation.objects.select_for_update(of=("self",)).get(pk=pk)
            said.purged_at = said.purged_at or timezone.now()
            forget(said)
    refused = RecommendationReply.objects.filter(
        outcome=PublicDecision.REFUSED, decided_at__date__lt=today - REFUSED_KEPT
    )
    return len(ids) + refused.exclude(words="").update(words="")


def purge_addresses(today: datetime.date) -> int:
    kept = Recommendation.objects.filter(decided_at__date__lt=today - ADDRESS_KEPT)
    return kept.exclude(email="").update(email="")


RULES = [
    RetentionRule(
        "recommendation_invitations",
        _("The e-mail address of a customer who was asked how it went, and the code they were given"),
        _("60 days; the address goes at once when they write, or would rather not"),
        _("So that only people who were invited write, and each of them once."),
        purge_invitations,
    ),
    RetentionRule(
        "recommendations",
        _("What a customer wrote about a provider, how they signed it, and what the provider replied"),
        _(
            "Shown for three years; 30 days after a council decided not to show it; twelve months if no council reads "
            "it; at once if its writer takes it back. That one came, and what became of it, stays as a number"
        ),
        _("So that families can read how it was, good and bad. The law asks that no bad one is held back."),
        purge_recommendations,
    ),
    RetentionRule(
        "recommendation_addresses",
        _("The e-mail address of a customer who wrote about a provider"),
        _("90 days after a council decided"),
        _("So that we can tell them what became of it. It is never shown, and not given to the provider."),
        purge_addresses,
    ),
]
