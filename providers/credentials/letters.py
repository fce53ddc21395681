"""Mail to those who run a provider. It names no person and repeats nothing that was kept private."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from providers.models import Provider, ProviderMembership
from providers.models.provider_membership import ProviderRole
from registry.mail.actions import queue


def write_to_provider(provider: Provider, *, subject: str, body: str) -> int:
    """Queue one letter to each person who may change what the provider says. Returns how many."""
    people = ProviderMembership.objects.current().filter(
        provider=provider, role__in=[ProviderRole.OWNER, ProviderRole.EDITOR], user__is_active=True
    )
    addresses = sorted(set(people.values_list("user__email", flat=True)))
    signed = _("%(body)s\n\nNearhand, for %(provider)s\n%(site)s\n") % {
        "body": body,
        "provider": provider.name,
        "site": settings.SITE_URL,
    }
    for address in addresses:
        queue(to=address, subject=subject, body=signed)
    return len(addresses)
