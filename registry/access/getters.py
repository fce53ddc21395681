"""Councils come only through these getters: not yours is 404, yours but not allowed is 403."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from registry.access.permissions import COUNCIL_ROLES, Permission
from registry.models import Council, User
from registry.models.council_membership import CouncilMembership


def roles_that_may(permission: Permission) -> list[str]:
    return [role.value for role, listed in COUNCIL_ROLES.items() if permission in listed.permissions]


def councils_of(user: User | AnonymousUser) -> QuerySet[Council]:
    """The switched-on councils in which the person has any role today."""
    if not isinstance(user, User):
        return Council.objects.none()
    mine = CouncilMembership.objects.current().filter(user=user).values("council")
    return Council.objects.switched_on().filter(pk__in=mine)


def councils_where(user: User | AnonymousUser, permission: Permission) -> QuerySet[Council]:
    """The switched-on councils in which the person has a role that carries the permission."""
    if not isinstance(user, User):
        return Council.objects.none()
    mine = CouncilMembership.objects.current().filter(user=user, role__in=roles_that_may(permission))
    return Council.objects.switched_on().filter(pk__in=mine.values("council"))


def get_council(user: User | AnonymousUser, code: str, permission: Permission) -> Council:
    """The council with this code, if the person belongs to it and may do this there."""
    council = councils_of(user).filter(pk=code).first()
    if council is None:
        raise Http404("No such council for this person")
    if not councils_where(user, permission).filter(pk=code).exists():
        raise PermissionDenied(permission.value)
    return council


def signed_in(request: HttpRequest) -> User:
    """The person of a request that has passed `login_required`."""
    assert isinstance(request.user, User)
    return request.user


def refuse_unless_operator(user: User | AnonymousUser) -> None:
    """The operators' pages do not exist for anybody else."""
    if not (isinstance(user, User) and user.is_operator):
        raise Http404("Not an operator")


def get_any_council(user: User | AnonymousUser, code: str) -> Council:
    """Any of the 212 councils, switched on or not, for an operator."""
    refuse_unless_operator(user)
    council = Council.objects.filter(pk=code).first()
    if council is None:
        raise Http404("No such council")
    return council


def get_councils(user: User | AnonymousUser, permission: Permission) -> QuerySet[Council]:
    """All councils in which the person may do this: 404 for people of no council, 403 for those who may nowhere."""
    if not councils_of(user).exists():
        raise Http404("Not for people outside a council")
    councils = councils_where(user, permission)
    if not councils.exists():
        raise PermissionDenied(permission.value)
    return councils
