"""What waits for a person's own yes, on their home page: of those providers that they decide for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from providers.models import Provider, ProviderMembership, TeamMember, TeamPlan, TeamYes
from providers.models.provider_membership import ProviderRole
from registry.models import User


@dataclass(frozen=True)
class Waiting:
    """What one provider is asked: to join teams, and in its own teams to say yes or no to something."""

    provider: Provider
    invitations: list[TeamMember]
    places: list[TeamMember]


def waiting_for(request: HttpRequest) -> dict[str, Any] | None:
    if not isinstance(request.user, User):
        return None
    owned = ProviderMembership.objects.current().filter(user=request.user, role=ProviderRole.OWNER)
    providers = {one.pk: one for one in Provider.every.filter(pk__in=owned.values("provider"), left_at__isnull=True)}
    found = [one for one in waiting(providers) if one.invitations or one.places]
    return {"waiting": found} if found else None


def waiting(providers: dict[UUID, Provider]) -> list[Waiting]:
    """In a fixed number of queries."""
    invited = list(invitations_of(providers).select_related("team"))
    asked = list(asked_in(providers).select_related("team"))
    return [
        Waiting(
            provider,
            [one for one in invited if one.provider_id == key],
            [one for one in asked if one.provider_id == key],
        )
        for key, provider in providers.items()
    ]


def invitations_of(providers: Collection[UUID]) -> QuerySet[TeamMember]:
    return TeamMember.objects.invited_at(timezone.now()).filter(provider__in=providers).order_by("sent_at")


def asked_in(providers: Collection[UUID]) -> QuerySet[TeamMember]:
    """Places in teams where something is asked of all that this member has not said yes to."""
    yes = TeamYes.objects.filter(member=OuterRef(OuterRef("pk")))
    plans = TeamPlan.objects.asked().filter(team=OuterRef("team")).exclude(Exists(yes.filter(plan=OuterRef("pk"))))
    newcomers = (
        TeamMember.objects.proposed_at(timezone.now())
        .filter(team=OuterRef("team"))
        .exclude(Exists(yes.filter(newcomer=OuterRef("pk"))))
    )
    running = TeamMember.objects.current().filter(provider__in=providers, team__ended_at__isnull=True)
    return running.filter(Exists(plans) | Exists(newcomers))
