"""Every write about with whom a provider would work, and whether it may be asked at all. Nobody else is told."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from providers.models import PartnerWish, Provider
from providers.models.partner_wish import Wish
from registry.audit.actions import record
from registry.models import User


@transaction.atomic
def wish(*, provider: Provider, other: Provider, wish: Wish | None, by: User) -> None:
    """What it thinks of working with another; None takes it back. The audit says that, and not of whom."""
    held = Provider.every.select_for_update(of=("self",)).get(pk=provider.pk)
    mine = PartnerWish.objects.filter(provider=held, other=other)
    said = mine.first()
    if (said.wish if said else None) == wish:
        return
    if wish is None:
        mine.delete()
    else:
        PartnerWish.objects.update_or_create(
            provider=held, other=other, defaults={"wish": wish, "said_at": timezone.now()}
        )
    record("partner.wish_changed", by=by, target=held, provider_id=held.pk)


@transaction.atomic
def may_be_asked(*, provider: Provider, yes: bool, by: User) -> None:
    """Whether others may ask it into teams. Those it is in go on."""
    held = Provider.every.select_for_update(of=("self",)).get(pk=provider.pk)
    if (held.no_teams_since is None) == yes:
        return
    Provider.every.filter(pk=held.pk).update(no_teams_since=None if yes else timezone.now())
    record("partner.may_be_asked" if yes else "partner.not_asked", by=by, target=held, provider_id=held.pk)
