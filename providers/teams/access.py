"""What pages about teams are about: a provider's own place in one, and what else is in that team. Else 404."""

from __future__ import annotations

import uuid

from django.http import Http404

from providers.models import PartnerWish, Provider, Team, TeamMember, TeamPlan


def get_place(provider: Provider, team_id: uuid.UUID) -> TeamMember:
    """The provider's place in a running team that it is in today."""
    rows = TeamMember.objects.current().filter(provider=provider, team__ended_at__isnull=True)
    place = rows.select_related("team", "provider").filter(team=team_id).first()
    if place is None:
        raise Http404("No team of this provider")
    return place


def get_invitation(provider: Provider, place_id: uuid.UUID) -> TeamMember:
    """What the provider was asked by mail, whatever has become of it."""
    sent = TeamMember.objects.filter(provider=provider, sent_at__isnull=False, asked_by__isnull=False)
    place = sent.select_related("team", "asked_by__provider").filter(pk=place_id).first()
    if place is None:
        raise Http404("Nobody asked this provider that")
    return place


def get_other(team: Team, place_id: uuid.UUID) -> TeamMember:
    """Anybody who is, or was asked to be, in this team."""
    other = TeamMember.objects.filter(team=team).select_related("provider", "team").filter(pk=place_id).first()
    if other is None:
        raise Http404("Nobody of this team")
    return other


def get_plan(team: Team, plan_id: uuid.UUID) -> TeamPlan:
    plan = TeamPlan.objects.filter(team=team).select_related("lead__provider").filter(pk=plan_id).first()
    if plan is None:
        raise Http404("Nothing that this team was asked")
    return plan


def get_listed(slug: str) -> Provider:
    """Another provider, as anybody may find it."""
    other = Provider.listed.filter(slug=slug).first()
    if other is None:
        raise Http404("No listed provider")
    return other


def get_wished(provider: Provider, slug: str) -> Provider:
    """Another that a wish can be about: listed, or one that there is a wish about, to take it back."""
    said = PartnerWish.objects.filter(provider=provider, other__slug=slug).select_related("other").first()
    other = said.other if said else get_listed(slug)
    if other.pk == provider.pk:
        raise Http404("Nobody has a wish about themselves")
    return other
