"""Requirements and summaries come only through these getters: not yours is 404, yours but not allowed is 403."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from commissioning.models import Requirement, Summary
from registry.access.getters import councils_of, councils_where
from registry.access.permissions import Permission
from registry.models import User


def may(user: User | AnonymousUser, council_code: str, permission: Permission) -> bool:
    """Whether to show a person the way to do something; the getter still decides when they try."""
    return councils_where(user, permission).filter(pk=council_code).exists()


def refuse_unless(user: User | AnonymousUser, council_code: str, permission: Permission) -> None:
    if not may(user, council_code, permission):
        raise PermissionDenied(permission.value)


def get_requirement(user: User | AnonymousUser, reference: str, permission: Permission) -> Requirement:
    """A requirement of a council in which the person has a role that carries the permission."""
    requirements = Requirement.objects.select_related("council")
    requirement = requirements.filter(reference=reference, council__in=councils_of(user)).first()
    if requirement is None:
        raise Http404("No such requirement for this person")
    refuse_unless(user, requirement.council_id, permission)
    return requirement


def get_summary(user: User | AnonymousUser, reference: str) -> Summary:
    """A locked summary of a council whose requirements the person may see."""
    summaries = Summary.objects.select_related("council", "requirement")
    summary = summaries.filter(reference=reference, council__in=councils_of(user)).first()
    if summary is None:
        raise Http404("No such summary for this person")
    refuse_unless(user, summary.council_id, Permission.SEE_REQUIREMENTS)
    return summary
