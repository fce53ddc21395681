"""Which services a registration is about: those on record, and those that a draft adds to them.

The first service a provider ever had keeps the plain addresses ("service", "where"). Each further one has its mark at
the end of them ("service-1a2b3c4d"), also after the first has been taken off, so that no link ever changes its meaning.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from providers.models import Draft, Provider, Service

# The draft's row that names the services it adds. It is no step: nobody is asked for it.
ADDED = "services"


@dataclass(frozen=True)
class Offered:
    """`pk` is None for the first service of a registration that was never sent; `row` for whatever was never sent."""

    mark: str
    pk: uuid.UUID | None
    row: Service | None = None


def mark_of(pk: uuid.UUID) -> str:
    return pk.hex[:8]


def recorded_services(provider: Provider | None) -> list[Offered]:
    """Those on record and not taken off, oldest first."""
    if provider is None:
        return []
    rows = Service.every.filter(provider=provider).order_by("created_at", "pk")
    marked = [Offered(mark_of(row.pk) if number else "", row.pk, row) for number, row in enumerate(rows)]
    return [offered for offered in marked if offered.row is not None and offered.row.ended_at is None]


def added_by(draft: Draft | None) -> list[uuid.UUID]:
    row = draft.steps.filter(step=ADDED).first() if draft else None
    return [uuid.UUID(pk) for pk in row.answers["added"]] if row else []


def may_take_off(services: Sequence[Offered], mark: str) -> bool:
    """Not the last one: nobody is left with a page that says nothing, or waits with a council and says nothing."""
    wanted = next(offered for offered in services if offered.mark == mark)
    others = [offered for offered in services if offered.mark != mark]
    if wanted.row is None:
        return bool(others)
    rows = [offered.row for offered in others if offered.row is not None]
    return any(row.approved_at is not None or wanted.row.approved_at is None for row in rows)


def services_of(draft: Draft | None, provider: Provider | None) -> list[Offered]:
    """All that are offered, sent or not. Where nothing was ever sent, the first one is there to be filled in."""
    services = recorded_services(provider)
    if provider is None or not Service.every.filter(provider=provider).exists():
        services = [Offered("", None)]
    return services + [Offered(mark_of(pk), pk) for pk in added_by(draft)]
