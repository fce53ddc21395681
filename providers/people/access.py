"""What the pages about people are about: only of a provider that the person may see."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404

from providers.access import PROVIDER_ROLES
from providers.models import Provider, ProviderMembership
from providers.models.provider_membership import ProviderRole
from providers.people.rules import is_last_owner, may_hand_over_to
from registry.access.permissions import Permission
from registry.models import User


def people_of(provider: Provider) -> list[ProviderMembership]:
    """Those who run it today, the longest there first."""
    current = ProviderMembership.objects.current().filter(provider=provider).select_related("user", "provider")
    return list(current.order_by("started_at", "pk"))


def get_membership(provider: Provider, membership_id: int) -> ProviderMembership:
    found = next((membership for membership in people_of(provider) if membership.pk == membership_id), None)
    if found is None:
        raise Http404("Nobody of this provider")
    return found


def my_part(provider: Provider, user: User) -> ProviderMembership:
    return next(membership for membership in people_of(provider) if membership.user_id == user.pk)


def manages_people(membership: ProviderMembership) -> bool:
    return Permission.MANAGE_PROVIDER_PEOPLE in PROVIDER_ROLES[ProviderRole(membership.role)].permissions


def is_only_owner(membership: ProviderMembership, people: Sequence[ProviderMembership]) -> bool:
    return is_last_owner(membership.user_id, _roles(people))


def could_take_over(membership: ProviderMembership, people: Sequence[ProviderMembership]) -> list[ProviderMembership]:
    able = may_hand_over_to(membership.user_id, _roles(people))
    return [other for other in people if other.user_id in able]


def _roles(people: Sequence[ProviderMembership]) -> dict[int, str]:
    return {membership.user_id: membership.role for membership in people}
