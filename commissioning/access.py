"""Requirements and summaries come only through these getters: not yours is 404, yours but not allowed is 403."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from commissioning.models import CouncilList, CouncilNote, Requirement, SavedSearch, Summary
from providers.models import Provider
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


def get_saved_search(user: User | AnonymousUser, key: uuid.UUID) -> SavedSearch:
    """A search that the person saved for a council in which they may still search: nobody else sees it."""
    mine = SavedSearch.objects.filter(owner=user.pk, council__in=councils_of(user)).select_related("council")
    saved = mine.filter(pk=key).first()
    if saved is None:
        raise Http404("No such saved search of this person")
    refuse_unless(user, saved.council_id, Permission.SEE_REQUIREMENTS)
    return saved


def get_council_list(user: User | AnonymousUser, key: uuid.UUID, permission: Permission) -> CouncilList:
    """A list of services that a council of the person keeps."""
    lists = CouncilList.objects.filter(council__in=councils_of(user)).select_related("council")
    kept = lists.filter(pk=key).first()
    if kept is None:
        raise Http404("No such list for this person")
    refuse_unless(user, kept.council_id, permission)
    return kept


def get_council_note(user: User | AnonymousUser, key: uuid.UUID, permission: Permission) -> CouncilNote:
    """A note that somebody of a council of the person wrote about a provider."""
    notes = CouncilNote.objects.filter(council__in=councils_of(user)).select_related("council", "provider")
    note = notes.filter(pk=key).first()
    if note is None:
        raise Http404("No such note for this person")
    refuse_unless(user, note.council_id, permission)
    return note


def get_noted_provider(key: uuid.UUID) -> Provider:
    """A provider that a council has published and that has not left: what notes can be about."""
    provider = Provider.every.filter(pk=key, listed_at__isnull=False, left_at__isnull=True).first()
    if provider is None:
        raise Http404("No such provider on the register")
    return provider
