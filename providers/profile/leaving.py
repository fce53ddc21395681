"""What goes when a person closes their account: their part in providers, and what they had begun to write."""

from __future__ import annotations

from django.utils import timezone

from providers.councils.actions import end_all
from providers.joining.actions import delete_draft
from providers.joining.changes import withdraw_all
from providers.listings.actions import unlist_provider
from providers.models import Draft, Provider, ProviderMembership, Submission
from providers.models.provider_membership import ProviderRole
from registry.audit.actions import record
from registry.models import User

MAY_EDIT = [ProviderRole.OWNER, ProviderRole.EDITOR]


def leave_providers(user: User, by: User) -> None:
    """End the person's part in every provider, inside the transaction of `registry.accounts.actions.leave`.

    A listing that nobody is left to keep right is taken down: families must not ring someone who has gone.
    """
    for membership in ProviderMembership.objects.current().filter(user=user):
        ProviderMembership.objects.filter(pk=membership.pk).update(ended_at=timezone.now())
        record("provider.membership_ended", by=by, target=membership, provider_id=membership.provider_id)
        others = ProviderMembership.objects.current().filter(provider=membership.provider_id, role__in=MAY_EDIT)
        provider = Provider.every.get(pk=membership.provider_id)
        if others.exists():
            continue
        if provider.listed_at is not None:
            unlist_provider(provider=provider, by=by)
        end_all(provider=provider, by=by, now=timezone.now())
        _take_back_what_waits(provider, by)
    for draft in Draft.objects.filter(user=user, provider=None):
        delete_draft(draft=draft, by=by)


def _take_back_what_waits(provider: Provider, by: User) -> None:
    """A council that published it now would list a provider that has nobody."""
    for waiting in Submission.objects.waiting().select_for_update().filter(provider=provider):
        council = waiting.council_id
        record("submission.taken_back", by=by, target=waiting, council=council, provider_id=provider.pk)
        waiting.delete()
    withdraw_all(provider=provider, by=by, now=timezone.now())
