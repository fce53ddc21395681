"""Mail to those who run a provider. It names no person and repeats nothing that was kept private."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from providers.models import Provider, ProviderMembership
from providers.models.provider_membership import ProviderRole
from registry.mail.actions import queue
from registry.models import OutgoingMail

PEOPLE_WHO_EDIT = Q(role__in=[ProviderRole.OWNER, ProviderRole.EDITOR], user__is_active=True)


def write_to_provider(provider: Provider, *, subject: str, body: str) -> list[OutgoingMail]:
    """Queue one letter to each person who may change what the provider says."""
    people = ProviderMembership.objects.current().filter(PEOPLE_WHO_EDIT, provider=provider)
    addresses = sorted(set(people.values_list("user__email", flat=True)))
    signed = _("%(body)s\n\nNearhand, for %(provider)s\n%(site)s\n") % {
        "body": body,
        "provider": provider.name,
        "site": settings.SITE_URL,
    }
    return [queue(to=address, subject=subject, body=signed) for address in addresses]
