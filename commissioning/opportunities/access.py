"""Opportunities and answers come only through these getters: not yours is 404, yours but not allowed is 403."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from commissioning.access import get_requirement
from commissioning.models import Interest, Opportunity, OpportunityQuestion
from providers.access import get_provider, may, providers_of
from providers.models import Provider, Team, TeamMember
from registry.access.permissions import Permission
from registry.models import User


def get_published(reference: str) -> Opportunity:
    """For everybody: what is published is public."""
    opportunities = Opportunity.objects.select_related("requirement", "council").defer("council__boundary")
    opportunity = opportunities.filter(requirement__reference=reference).first()
    if opportunity is None:
        raise Http404("No such opportunity")
    return opportunity


def get_opportunity(user: User | AnonymousUser, reference: str, permission: Permission) -> Opportunity:
    """For the staff of the council that published it."""
    requirement = get_requirement(user, reference, permission)
    opportunity = Opportunity.objects.filter(requirement=requirement).first()
    if opportunity is None:
        raise Http404("Not published")
    opportunity.requirement, opportunity.council = requirement, requirement.council
    return opportunity


def get_sent(opportunity: Opportunity, interest_id: uuid.UUID) -> Interest:
    interest = opportunity.interests.sent().select_related("provider", "team").filter(pk=interest_id).first()
    if interest is None:
        raise Http404("Nobody sent that to this council")
    return interest


def get_question(opportunity: Opportunity, question_id: uuid.UUID) -> OpportunityQuestion:
    question = opportunity.asked.filter(pk=question_id).first()
    if question is None:
        raise Http404("No such question")
    return question


def interests_of(provider: Provider) -> QuerySet[Interest]:
    """Those that it leads, and those of its teams: a partner reads what is said in its name."""
    teams = TeamMember.objects.current().filter(provider=provider).values("team")
    theirs = Q(provider=provider) | Q(team__in=teams)
    return Interest.objects.filter(theirs).select_related("opportunity__requirement", "opportunity__council", "team")


def get_interest(
    user: User | AnonymousUser, slug: str, interest_id: uuid.UUID, permission: Permission
) -> tuple[Provider, Interest]:
    """An answer of this provider or of a team that it is in; never one of another bidder."""
    provider = get_provider(user, slug, permission)
    interests = interests_of(provider).select_related("provider").defer("opportunity__council__boundary")
    interest = interests.filter(pk=interest_id).first()
    if interest is None:
        raise Http404("No such answer of this provider")
    return provider, interest


def get_own_interest(user: User | AnonymousUser, slug: str, interest_id: uuid.UUID) -> Interest:
    """The same, to be written on: a team's answer is written by its lead."""
    provider, interest = get_interest(user, slug, interest_id, Permission.EDIT_PROVIDER)
    if interest.provider_id != provider.pk:
        raise PermissionDenied("written by the lead")
    return interest


def speakers(user: User | AnonymousUser) -> list[tuple[Provider, Team | None]]:
    """For whom a person may speak up: each provider that they may edit, and each team that one of these leads."""
    mine = [one for one in providers_of(user).order_by("name") if may(user, one, Permission.EDIT_PROVIDER)]
    leads = TeamMember.objects.current().filter(provider__in=mine, leads_since__isnull=False)
    teams = leads.filter(team__ended_at__isnull=True).select_related("team", "provider").order_by("team__name")
    return [*((one, None) for one in mine), *((place.provider, place.team) for place in teams)]
