"""Drafts come only through these getters: not yours is 404, yours but not allowed is 403."""

from __future__ import annotations

from django.http import Http404

from providers.access import get_provider, providers_of
from providers.joining.addresses import own
from providers.joining.flow import Walk
from providers.models import Draft, DraftFile, Provider, ProviderMembership
from providers.models.provider_membership import ProviderRole
from registry.access.permissions import Permission
from registry.models import User


def providers_edited_by(user: User) -> list[Provider]:
    """Those the person may change, newest first."""
    roles = [ProviderRole.OWNER, ProviderRole.EDITOR]
    memberships = ProviderMembership.objects.current().filter(user=user, role__in=roles).order_by("-started_at")
    order = list(memberships.values_list("provider", flat=True))
    return sorted(providers_of(user).filter(pk__in=order), key=lambda provider: order.index(provider.pk))


def get_walk(user: User, slug: str = "") -> Walk:
    """The provider named by the address; else the new registration of this person; else what they sent last.

    The last of these is what makes the back button harmless: a page of a registration that was sent meanwhile saves
    into that same registration, and never begins a second one.
    """
    if slug:
        provider = get_provider(user, slug, Permission.EDIT_PROVIDER)
        return walk_of(provider)
    if unsent := Draft.objects.filter(user=user, provider__isnull=True).first():
        return Walk(unsent, None)
    sent = providers_edited_by(user)[:1]
    if not sent:
        return Walk(None, None)
    return Walk(Draft.objects.filter(provider=sent[0]).first(), sent[0])


def walk_of(provider: Provider) -> Walk:
    """The steps of a provider that is on record, at its own addresses. Who may see it was asked before."""
    return Walk(Draft.objects.filter(provider=provider).first(), provider, addresses=own(provider.slug))


def get_file(user: User, file_id: str) -> DraftFile:
    """A file that waits in a draft of this person, or of a provider that they may change."""
    kept = DraftFile.objects.select_related("draft__provider").filter(pk=file_id).first()
    if kept is None:
        raise Http404("No such file")
    if kept.draft.provider is not None:
        get_provider(user, kept.draft.provider.slug, Permission.EDIT_PROVIDER)
    elif kept.draft.user_id != user.pk:
        raise Http404("No such file for this person")
    return kept
