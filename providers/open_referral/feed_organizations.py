"""The feed's organisations: who has a listed service in it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from providers.models import Listing, Provider
from providers.open_referral.feed_changes import changed_since
from providers.open_referral.feed_entries import Entry, entries_of, in_feed
from providers.open_referral.feed_objects import middles_for, organization, service, whole_organization, whole_service
from registry.models import Outcode

Facts = dict[str, Any]
AT_ONCE = 100


def everyone() -> QuerySet[Provider, UUID]:
    """Their ids, in order."""
    return _with(Listing.objects.filter(provider=OuterRef("pk")))


def changed(since: datetime.datetime, today: datetime.date) -> QuerySet[Provider, UUID]:
    """Of those of whom the feed says something else since then."""
    some = Listing.objects.filter(changed_since(since, today))
    return _with(Listing.objects.filter(provider=OuterRef("pk"), pk__in=some.values("pk")))


def _with(listings: QuerySet[Listing]) -> QuerySet[Provider, UUID]:
    providers = Provider.listed.filter(Exists(listings), out_of_feed_since__isnull=True)
    return providers.order_by("pk").values_list("pk", flat=True)


def told(ids: Sequence[UUID], asked: Facts, today: datetime.date) -> list[Facts]:
    entries = entries_of(list(in_feed().filter(provider__in=ids).values_list("pk", flat=True)), today)
    of_each: defaultdict[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_each[entry.provider_id].append(entry)
    middles = middles_for(entries) if asked["full_service"] else {}
    return [_told(of_each[id], asked, middles) for id in ids if id in of_each]


def each(rows: QuerySet[Provider, UUID], asked: Facts, today: datetime.date) -> Iterator[Facts]:
    last: UUID | None = None
    while ids := list((rows.filter(pk__gt=last) if last else rows)[:AT_ONCE]):
        yield from told(ids, asked, today)
        last = ids[-1]


def one(id: UUID, asked: Facts, today: datetime.date) -> tuple[Facts, datetime.datetime]:
    """With all that belongs to it, and when that last changed."""
    entries = entries_of(list(in_feed().filter(provider=id).values_list("pk", flat=True)), today)
    if not entries:
        raise Http404
    return _told(entries, asked | {"full": True}, middles_for(entries)), max(entry.changed_at for entry in entries)


def _told(entries: list[Entry], asked: Facts, middles: dict[str, Outcode]) -> Facts:
    """Short in a list; `full` adds what belongs to it, and `full_service` its services with all of theirs."""
    first = entries[0]
    if not (asked["full"] or asked["full_service"]):
        return organization(first.content, first.provider_id)
    rows = [whole_service(entry, middles) if asked["full_service"] else service(entry) for entry in entries]
    plain = [{name: fact for name, fact in row.items() if name != "organization"} for row in rows]
    return whole_organization(entries) | {"services": plain}
