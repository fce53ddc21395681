"""Every write about passport links."""

from __future__ import annotations

import datetime

from django.db import transaction

from providers.models import PassportLink, Provider
from registry.audit.actions import record
from registry.models import User


@transaction.atomic
def make_link(*, provider: Provider, made_for: str, days: int, by: User, now: datetime.datetime) -> PassportLink:
    link = PassportLink.objects.create(
        provider=provider, made_for=made_for, made_at=now, made_by=by, expires_at=now + datetime.timedelta(days=days)
    )
    record("passport.link_made", by=by, target=link, provider_id=provider.pk)
    return link


@transaction.atomic
def end_link(*, link: PassportLink, by: User, now: datetime.datetime) -> None:
    """From now on the address opens nothing. A second press changes nothing."""
    if PassportLink.objects.open_at(now).filter(pk=link.pk).update(ended_at=now):
        record("passport.link_ended", by=by, target=link, provider_id=link.provider_id)
