"""One batch of an import, written: what is known of its rows, and a statement a table for the rest."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils.text import slugify

from providers.models import (
    Availability,
    Coverage,
    Identifier,
    ImportedRow,
    PriceExtra,
    Provider,
    ProviderMembership,
    Service,
    WeeklyHours,
)
from providers.models.provider import new_short_code
from providers.open_referral.facts import Facts, id_from, identifiers_of, own_uuid, provider_facts
from providers.open_referral.rules import CannotTake, Organisation, Read
from registry.audit.actions import event, record_many
from registry.copying import copy_in, copy_rows
from registry.models import Council

CHILDREN: tuple[type[models.Model], ...] = (Coverage, Availability, WeeklyHours, PriceExtra)
# Kept when a source says nothing of them: a site that was once given is not lost to a poorer feed.
BASE = ("base_postcode", "town")


@dataclass
class Known:
    """What the registry has of the rows of a batch. Looked up before anything is written."""

    source: str
    providers: dict[str, Provider]
    services: dict[str, Service]
    rows: dict[str, ImportedRow]
    claimed: set[uuid.UUID]
    # Ids in use by records that are not of this source.
    taken: set[uuid.UUID]

    def hold_against(self, read: Read) -> None:
        """CannotTake where the record is not an import's to write."""
        owner = self.providers.get(read.organisation.source_id)
        service = self.services.get(read.source_id)
        before = service.provider_id if service else None
        if (owner and owner.pk in self.claimed) or before in self.claimed:
            raise CannotTake("its own people look after the record now")
        if owner and owner.left_at is not None:
            raise CannotTake("it has left this register")
        if service is None and own_uuid(read.source_id) in self.taken:
            raise CannotTake("this register holds it already, and not from this source")


@dataclass
class Plan:
    council: Council
    source: str
    now: datetime.datetime
    facts: list[Facts] = field(default_factory=list)


def known_of(reads: Sequence[Read], source: str, council: Council) -> Known:
    of_whom = {read.organisation.source_id for read in reads}
    ids = {read.source_id for read in reads}
    # A national organisation may stand in the lists of several councils: it is one provider.
    near = Provider.every.filter(Q(home_council=council) | Q(source=source), source_id__in=of_whom)
    providers = {provider.source_id: provider for provider in near.annotate(held=Count("services"))}
    rows = {row.source_id: row for row in ImportedRow.objects.filter(source=source, source_id__in=ids)}
    mine = Q(pk__in=[row.pk for row in rows.values()])
    mine |= Q(provider__in=[provider.pk for provider in providers.values()], source_id__in=ids)
    services = {service.source_id: service for service in Service.every.filter(mine)}
    owners = {provider.pk for provider in providers.values()} | {held.provider_id for held in services.values()}
    claimed = ProviderMembership.objects.current().filter(provider__in=owners)
    return Known(
        source=source,
        providers=providers,
        services=services,
        rows=rows,
        claimed=set(claimed.values_list("provider", flat=True)),
        taken=_taken(ids, Service) | _taken(of_whom, Provider),
    )


def _taken(ids: Iterable[str], model: type[Service] | type[Provider]) -> set[uuid.UUID]:
    wanted = {key for written in ids if (key := own_uuid(written))}
    return set(model.every.filter(pk__in=wanted).values_list("pk", flat=True))


def write(plan: Plan, known: Known) -> tuple[int, int]:
    """How many services are new, and how many were there and say something else now."""
    touched = _write_providers(plan, known)
    new, changed, left = _write_services(plan, known)
    _write_children(plan, known, changed)
    _remember(plan, known, changed)
    # What moved to another organisation is to go from the page of the one it left.
    ImportedRow.objects.filter(provider__in=left).update(waits=True)
    touched |= {known.services[facts.read.source_id].provider_id for facts in plan.facts}
    _tell(touched, plan, known)
    return new, len(changed)


def _write_providers(plan: Plan, known: Known) -> set[uuid.UUID]:
    """New ones in one statement, changed ones in another. The keys of both."""
    by_organisation: dict[str, list[Read]] = {}
    for facts in plan.facts:
        by_organisation.setdefault(facts.read.organisation.source_id, []).append(facts.read)
    new: list[Provider] = []
    changed: list[Provider] = []
    columns: set[str] = set()
    for source_id, reads in by_organisation.items():
        wanted = provider_facts(reads[0].organisation, reads, plan.source)
        held = known.providers.get(source_id)
        if held is None:
            new.append(Provider(pk=_free_id(source_id, known), home_council=plan.council, **wanted))
        elif different := _set(held, _without_base(held, wanted, reads)):
            changed.append(held)
            columns |= different
    _name_addresses(new, by_organisation)
    copy_in(new)
    known.providers.update({provider.source_id: provider for provider in new})
    if changed:
        Provider.every.bulk_update(changed, sorted(columns))
    _write_identifiers(by_organisation, known, {provider.pk for provider in new})
    return {provider.pk for provider in [*new, *changed]}


def _without_base(held: Provider, wanted: dict[str, Any], reads: Sequence[Read]) -> dict[str, Any]:
    """A batch that holds only some of its services cannot say where all of it is based."""
    is_whole = len(reads) >= getattr(held, "held", 0) or reads[0].organisation.ours is not None
    return wanted if is_whole else {key: value for key, value in wanted.items() if key not in BASE}


def _set(row: models.Model, wanted: dict[str, Any]) -> set[str]:
    different = {name for name, value in wanted.items() if getattr(row, name) != value}
    for name in different:
        setattr(row, name, wanted[name])
    return different


def _free_id(source_id: str, known: Known) -> uuid.UUID:
    """The source's own id where it is one of ours in form and in nobody's use: addresses and order stay the same."""
    own = own_uuid(source_id)
    return own if own and own not in known.taken else id_from(known.source, source_id)


def _name_addresses(new: Sequence[Provider], by_organisation: dict[str, list[Read]]) -> None:
    """The address that it had where it comes from, or one from its name; with a piece of its id where that is taken."""
    wished = {provider.source_id: _wished(by_organisation[provider.source_id][0].organisation) for provider in new}
    used = set(Provider.every.filter(slug__in=wished.values()).values_list("slug", flat=True))
    codes = {provider.short_code for provider in new}
    # Six letters are few beside a million of them: one in some hundreds is somebody's.
    spoken_for = set(Provider.every.filter(short_code__in=codes).values_list("short_code", flat=True))
    for provider in new:
        while provider.short_code in spoken_for:
            provider.short_code = new_short_code()
        spoken_for.add(provider.short_code)
        slug = wished[provider.source_id]
        if slug in used:
            slug = f"{slug[:66]}-{provider.pk.hex[:12]}"
        used.add(slug)
        provider.slug = slug


def _wished(organisation: Organisation) -> str:
    if organisation.ours and organisation.ours.slug:
        return organisation.ours.slug
    return slugify(organisation.name)[:70].strip("-") or "provider"


def _write_identifiers(by_organisation: dict[str, list[Read]], known: Known, new: set[uuid.UUID]) -> None:
    rows: list[Identifier] = []
    for source_id, reads in by_organisation.items():
        provider = known.providers[source_id]
        numbers = identifiers_of(reads[0].organisation)
        rows += [Identifier(provider=provider, scheme=scheme, value=value) for scheme, value in numbers.items()]
    again = {row.provider_id for row in rows} - new
    if again:
        Identifier.objects.filter(provider__in=again).delete()
    copy_in(rows)


def _write_services(plan: Plan, known: Known) -> tuple[int, set[uuid.UUID], set[uuid.UUID]]:
    """How many are new, the keys of those that changed, and of the providers that some of them left."""
    new: list[Service] = []
    changed: list[Service] = []
    left: set[uuid.UUID] = set()
    for facts in plan.facts:
        source_id = facts.read.source_id
        provider = known.providers[facts.read.organisation.source_id]
        held = known.services.get(source_id)
        if held is None:
            service = Service(pk=_free_id(source_id, known), provider=provider, source_id=source_id, **facts.service)
            known.services[source_id] = service
            new.append(service)
        else:
            left |= {held.provider_id} - {provider.pk}
            _set(held, {**facts.service, "provider_id": provider.pk, "ended_at": None})
            changed.append(held)
    copy_in(new)
    if changed:
        columns = [*plan.facts[0].service, "provider", "ended_at"]
        Service.every.bulk_update(changed, columns)
    return len(new), {service.pk for service in changed}, left


def _write_children(plan: Plan, known: Known, changed: set[uuid.UUID]) -> None:
    """What hangs on a service is written anew with it, one statement a table."""
    labelled = Service.categories.through
    if changed:
        for kind in CHILDREN:
            kind._default_manager.filter(service__in=changed).delete()
        labelled.objects.filter(service__in=changed).delete()
    held = [(known.services[facts.read.source_id].pk, facts) for facts in plan.facts]
    copy_rows(labelled, ["service_id", "category_id"], ((key, code) for key, each in held for code in each.categories))
    _copy_each(Coverage, ((key, row) for key, facts in held for row in facts.coverage))
    _copy_each(Availability, ((key, facts.availability) for key, facts in held if facts.availability))
    spans = ((key, *span) for key, facts in held for span in facts.hours)
    copy_rows(WeeklyHours, ["service_id", "day", "starts_minute", "ends_minute"], spans)
    extras = ((key, *extra) for key, facts in held for extra in facts.extras)
    copy_rows(PriceExtra, ["service_id", "extra_for", "price_pence", "price_unit"], extras)


def _copy_each(model: type[models.Model], rows: Iterable[tuple[uuid.UUID, dict[str, Any]]]) -> None:
    """Rows that all name the same columns."""
    written = list(rows)
    names = list(written[0][1]) if written else []
    copy_rows(model, ["service_id", *names], ([key, *row.values()] for key, row in written))


def _remember(plan: Plan, known: Known, changed: set[uuid.UUID]) -> None:
    rows = [
        ImportedRow(
            service_id=(service := known.services[facts.read.source_id]).pk,
            provider_id=service.provider_id,
            source=plan.source,
            source_id=facts.read.source_id,
            digest=facts.digest,
        )
        for facts in plan.facts
    ]
    ImportedRow.objects.bulk_create(
        [row for row in rows if row.pk in changed],
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=["provider", "source", "source_id", "digest", "waits"],
    )
    copy_in(row for row in rows if row.pk not in changed)


def _tell(touched: set[uuid.UUID], plan: Plan, known: Known) -> None:
    record_many(
        event("provider.imported", by=None, target=provider, council=plan.council, provider_id=provider.pk)
        for provider in known.providers.values()
        if provider.pk in touched
    )
