"""The one write: a provider says that what the public reads is still right."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from providers.listings.entries import refresh
from providers.models import Availability, Confirmation, Listing, Provider
from registry.audit.actions import record
from registry.models import User


@transaction.atomic
def confirm(*, provider: Provider, by: User | None, now: datetime.datetime) -> Confirmation:
    """Good for 90 days from today. `by` is None where the link of an e-mail did it. A second press changes nothing.

    What waits for a council is not confirmed by this: only what is public is.
    """
    Provider.every.select_for_update().get(pk=provider.pk)
    today = timezone.localdate(now)
    newest = Confirmation.objects.filter(provider=provider).first()
    if newest is not None and timezone.localdate(newest.confirmed_at) == today:
        return newest
    confirmation = Confirmation.objects.create(provider=provider, confirmed_at=now, by=by)
    listed = Listing.objects.filter(provider=provider)
    Availability.objects.filter(service__in=listed.values("service")).update(confirmed_on=today)
    listed.update(confirmed_on=today)
    refresh(providers=[provider.pk])
    record("provider.confirmed", by=by, target=confirmation, council=provider.home_council_id, provider_id=provider.pk)
    return confirmation
