"""What the feed says of a page of services: the approved version and today's facts, in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from providers.finding.checks import Checks, checks_of
from providers.models import Listing
from providers.models.listing import ListingQuerySet
from providers.open_referral.feed_changes import STALE_AFTER, last_turn, newest_changes, turning_days
from providers.open_referral.feed_doors import Door, Frozen, doors_of


@dataclass(frozen=True)
class Entry:
    """One service as approved, with what moves on without a new version."""

    id: UUID
    provider_id: UUID
    content: Frozen
    service: Frozen
    nation: str
    checks: Checks
    confirmed_on: datetime.date | None
    door: Door | None
    changed_at: datetime.datetime
    today: datetime.date


def in_feed() -> ListingQuerySet:
    """What is listed today, of those who did not ask to stay out."""
    listings: ListingQuerySet = Listing.objects.filter(search_row__in_open_feed=True)
    return listings


def with_versions(listings: ListingQuerySet) -> ListingQuerySet:
    return listings.select_related("version", "provider__home_council").defer("provider__home_council__boundary")


def entries_of(ids: Sequence[UUID], today: datetime.date) -> list[Entry]:
    """In the order of the ids; without those that left meanwhile."""
    found = {row.service_id: row for row in with_versions(in_feed().filter(service__in=ids))}
    return read([found[id] for id in ids if id in found], today)


def read(rows: Iterable[Listing], today: datetime.date) -> list[Entry]:
    """Of rows that came through `with_versions`."""
    told = [(row, _frozen_of(row)) for row in rows]
    providers = {row.provider_id for row, _ in told}
    checks, done, turning = checks_of(providers, today), newest_changes(providers), turning_days(providers)
    doors = doors_of((row.version.content, service, row.provider.home_council.nation) for row, service in told)
    return [
        Entry(
            id=row.service_id,
            provider_id=row.provider_id,
            content=row.version.content,
            service=service,
            nation=row.provider.home_council.nation,
            checks=checks[row.provider_id],
            confirmed_on=row.confirmed_on,
            door=doors.get(service["id"]),
            changed_at=changed_at(row, done.get(row.provider_id), turning.get(row.provider_id, []), today),
            today=today,
        )
        for row, service in told
    ]


def changes_of(ids: Sequence[UUID], today: datetime.date) -> list[tuple[UUID, datetime.datetime]]:
    """In the order of the ids, when what the feed says of each last changed: without reading what it says."""
    rows = in_feed().filter(service__in=ids).select_related("version")
    lean = rows.only("provider_id", "confirmed_on", "away_until", "version__approved_at")
    found = {row.service_id: row for row in lean}
    providers = {row.provider_id for row in found.values()}
    done, turning = newest_changes(providers), turning_days(providers)
    in_order = [found[id] for id in ids if id in found]
    return [
        (row.service_id, changed_at(row, done.get(row.provider_id), turning.get(row.provider_id, []), today))
        for row in in_order
    ]


def changed_at(
    row: Listing, done: datetime.datetime | None, turning: list[datetime.date | None], today: datetime.date
) -> datetime.datetime:
    stale = row.confirmed_on + STALE_AFTER if row.confirmed_on else None
    turned = last_turn([*turning, row.away_until, stale], today)
    newest = max(filter(None, [row.version.approved_at, done, turned]))
    return timezone.localtime(newest)


def _frozen_of(row: Listing) -> Frozen:
    return next(service for service in row.version.content["services"] if service["id"] == str(row.service_id))
