"""When a provider last said that all is right."""

from __future__ import annotations

import datetime

from providers.models import Listing, Provider


def confirmed_last(provider: Provider) -> datetime.date | None:
    """Of several services the one confirmed longest ago; None if one of them never was."""
    days = list(Listing.objects.filter(provider=provider).values_list("confirmed_on", flat=True))
    return min((said for said in days if said), default=None) if all(days) else None
