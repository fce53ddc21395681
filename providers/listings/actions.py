"""What puts a provider before the public, and what takes it away: versions and the search table."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from providers.listings.entries import refresh, write_rows
from providers.listings.freeze import METRES_IN_A_MILE, frozen
from providers.listings.gathering import GatheredProvider, GatheredService, gathered
from providers.models import Listing, Provider, Service, Version
from providers.models.coverage import Reach
from providers.models.geometry import CircleField
from registry.audit.actions import event, record, record_many
from registry.copying import copy_in
from registry.models import User

# How far most people will go to a place. Further is not "near", and the page then says what lies outside.
GOING_TO_METRES = round(15 * METRES_IN_A_MILE)
AT_ONCE = 200
COLUMNS = [field.name for field in Listing._meta.concrete_fields if not field.primary_key]


def list_provider(*, provider: Provider, by: User | None, now: datetime.datetime) -> Version:
    """Freeze what the provider says today as a new version, and let the public see it."""
    return list_providers(providers=[provider], by=by, now=now)[0]


@transaction.atomic
def list_providers(*, providers: Iterable[Provider], by: User | None, now: datetime.datetime) -> list[Version]:
    """The same for many at once: an import, a demonstration. All of them or none."""
    given = {provider.pk: provider for provider in providers}
    keys = list(given)
    versions: list[Version] = []
    for start in range(0, len(keys), AT_ONCE):
        versions += _list_batch(keys[start : start + AT_ONCE], by, now)
    for version in versions:
        given[version.provider_id].listed_at = version.provider.listed_at
    return versions


@transaction.atomic
def take_off_service(*, service: Service, by: User | None, now: datetime.datetime) -> None:
    """The provider does not do this any more: it leaves the public's sight at once, and its row stays.

    The new version is the newest one without it. Nothing else is frozen anew: an edit of the rest may be waiting.
    """
    provider = Provider.every.select_for_update().get(pk=service.provider_id)
    service.ended_at = now
    service.save(update_fields=["ended_at"])
    Listing.objects.filter(service=service).delete()
    record("service.taken_off", by=by, target=service, council=provider.home_council_id, provider_id=provider.pk)
    newest = Version.objects.filter(provider=provider).first()
    left = [frozen for frozen in newest.content["services"] if frozen["id"] != str(service.pk)] if newest else []
    if newest is not None and len(left) < len(newest.content["services"]):
        content = newest.content | {"services": left}
        version = Version.objects.create(
            provider=provider, number=newest.number + 1, content=content, approved_at=now, approved_by=by
        )
        Listing.objects.filter(provider=provider).update(version=version)


def approve_services(*, providers: Iterable[UUID], now: datetime.datetime) -> None:
    """Let the public see every service that these providers offer, from their next version on."""
    waiting = Service.every.offered().filter(provider__in=providers, approved_at__isnull=True)
    waiting.update(approved_at=now)


@transaction.atomic
def unlist_provider(*, provider: Provider, by: User | None) -> None:
    """Take a provider from the public's sight at once: it left, or was suspended. Its versions stay."""
    provider.listed_at = None
    Provider.every.filter(pk=provider.pk).update(listed_at=None)
    Listing.objects.filter(provider=provider).delete()
    record("provider.unlisted", by=by, target=provider, council=provider.home_council_id, provider_id=provider.pk)


@transaction.atomic
def leave_open_feed(*, provider: Provider, by: User, now: datetime.datetime) -> None:
    """The listing goes out of the open feed at once; families still find it on the website."""
    if provider.out_of_feed_since is None:
        _set_out_of_feed(provider, now, "provider.left_feed", by)


@transaction.atomic
def return_to_open_feed(*, provider: Provider, by: User) -> None:
    if provider.out_of_feed_since is not None:
        _set_out_of_feed(provider, None, "provider.back_in_feed", by)


def _set_out_of_feed(provider: Provider, since: datetime.datetime | None, verb: str, by: User) -> None:
    provider.out_of_feed_since = since
    provider.save(update_fields=["out_of_feed_since"])
    refresh(providers=[provider.pk])
    record(verb, by=by, target=provider, council=provider.home_council_id, provider_id=provider.pk)


def _list_batch(keys: Sequence[UUID], by: User | None, now: datetime.datetime) -> list[Version]:
    # Two approvals of one provider take turns, so that version numbers and search rows belong together.
    list(Provider.every.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    Provider.every.filter(pk__in=keys, listed_at__isnull=True).update(listed_at=now)
    # The first publication is a yes to all of it; what is added later waits for its own.
    published = set(Version.objects.filter(provider__in=keys).order_by().values_list("provider", flat=True))
    approve_services(providers=set(keys) - published, now=now)
    wholes = gathered(keys)
    versions = _next_versions(wholes, by, now)
    listings = [
        _listing(service, version)
        for whole, version in zip(wholes, versions, strict=True)
        for service in whole.services
    ]
    # What stays is written over and not anew: what hangs on it, such as what its text means, is dear to work out.
    Listing.objects.filter(provider__in=keys).exclude(service__in=[row.service_id for row in listings]).delete()
    kept = set(Listing.objects.filter(service__in=[row.service_id for row in listings]).values_list("pk", flat=True))
    again = [row for row in listings if row.service_id in kept]
    Listing.objects.bulk_create(again, update_conflicts=True, unique_fields=["service"], update_fields=COLUMNS)
    copy_in(row for row in listings if row.service_id not in kept)
    write_rows([row for row in listings if _is_public(row.provider)], keys)
    record_many(
        event("provider.listed", by=by, target=row, council=row.home_council_id, provider_id=row.pk)
        for row in (whole.provider for whole in wholes)
    )
    return versions


def _is_public(provider: Provider) -> bool:
    return provider.suspended_at is None and provider.left_at is None


def _next_versions(wholes: Sequence[GatheredProvider], by: User | None, now: datetime.datetime) -> list[Version]:
    newest = (
        Version.objects.filter(provider__in=[whole.provider for whole in wholes]).order_by().values_list("provider")
    )
    numbers = dict(newest.annotate(Max("number")))
    versions = [
        Version(
            provider=whole.provider,
            number=numbers.get(whole.provider.pk, 0) + 1,
            content=frozen(whole),
            approved_at=now,
            approved_by=by,
        )
        for whole in wholes
    ]
    copy_in(versions)
    return versions


def _listing(service: GatheredService, version: Version) -> Listing:
    """One service flattened."""
    facts, times = service.facts, service.times
    row = Listing(
        service_id=service.id,
        provider=version.provider,
        version=version,
        name=facts["name"],
        provider_name=version.provider.name,
        categories=service.categories,
        client_groups=facts["client_groups"],
        payers=facts["payers"],
        days=list(times.days),
        space=times.space,
        away_until=times.away_until,
        price_pence=facts["price_pence"],
        price_unit=facts["price_unit"],
        confirmed_on=times.confirmed_on,
    )
    _say_where(row, service)
    return row


def _say_where(row: Listing, service: GatheredService) -> None:
    """The circles, areas and base of a service; nearness is reckoned from the base it travels from, if it has one."""
    row.areas = []
    for way in service.coverage:
        east, north = way.easting, way.northing
        if east is not None and north is not None and (row.easting is None or way.reach == Reach.DISTANCE):
            row.easting, row.northing = east, north
        if way.reach == Reach.DISTANCE:
            row.reach = CircleField.written(east or 0, north or 0, way.metres or 0)
        elif way.reach == Reach.COME_TO_US:
            row.come_to_us = CircleField.written(east or 0, north or 0, GOING_TO_METRES)
        elif way.area:
            row.areas += way.area.districts
