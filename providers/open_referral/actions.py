"""Brings services of an Open Referral UK feed into the registry. What is as it was is left as it is."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models, transaction
from django.db.models import Q
from django.utils.text import slugify

from providers.listings.actions import list_providers
from providers.meaning.needs import likely_categories
from providers.models import Category, Coverage, Provider, ProviderMembership, Service
from providers.models.coverage import Reach
from providers.models.provider import LegalForm
from providers.models.service import RegulatoryBasis
from providers.open_referral.rules import (
    CannotTake,
    Organisation,
    Read,
    Site,
    goes_to_people,
    is_gone_to,
    read,
    regulator_of,
)
from registry.audit.actions import record
from registry.models import Council, District
from registry.places.grid import to_grid

BATCH = 50


@dataclass
class Import:
    """One run: where the rows go, and what became of them."""

    council: Council
    source: str
    publish: bool
    now: datetime.datetime
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)


def import_services(*, rows: Sequence[Any], run: Import, progress: Callable[[int], object]) -> None:
    """Take every row that can be taken; say why of each that cannot. One transaction a batch of organisations."""
    taken = sorted(_readable(rows, run), key=lambda service: service.organisation.source_id)
    progress(len(run.refused))
    groups = [list(of_one) for _, of_one in groupby(taken, key=lambda service: service.organisation.source_id)]
    for start in range(0, len(groups), BATCH):
        batch = groups[start : start + BATCH]
        _take_batch(batch, run)
        progress(sum(len(services) for services in batch))


def _readable(rows: Sequence[Any], run: Import) -> Iterator[Read]:
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        try:
            service = read(row)
            if service.source_id in seen:
                raise CannotTake("its id stands in the file already")
            seen.add(service.source_id)
            yield service
        except CannotTake as reason:
            run.refused.append(f"Row {number}: {reason}.")


@transaction.atomic
def _take_batch(batch: Iterable[list[Read]], run: Import) -> None:
    to_list = [provider for services in batch if (provider := _take_organisation(services, run))]
    if run.publish and to_list:
        list_providers(providers=to_list, by=None, now=run.now)


def _take_organisation(services: list[Read], run: Import) -> Provider | None:
    """The organisation with its services; returned when there is something new for the public to see."""
    organisation = services[0].organisation
    # A national organisation may stand in the lists of several councils: it is one provider.
    known = Provider.every.filter(Q(home_council=run.council) | Q(source=run.source))
    provider = known.filter(source_id=organisation.source_id).first()
    if provider and ProviderMembership.objects.current().filter(provider=provider).exists():
        run.refused += [f"{service.name}: its own people look after the record now." for service in services]
        return None
    if provider and provider.left_at is not None:
        run.refused += [f"{service.name}: it has left this register." for service in services]
        return None
    facts = _provider_facts(organisation, services, run)
    if provider is None:
        provider = Provider(home_council=run.council, slug=_free_slug(organisation), **facts)
        provider.save(force_insert=True)
        changed = True
    else:
        changed = _write_changes(provider, facts)
    for service in services:
        changed |= _take_service(provider, service, run)
    if changed:
        record("provider.imported", by=None, target=provider, council=run.council, provider_id=provider.pk)
    return provider if changed or provider.listed_at is None else None


def _provider_facts(organisation: Organisation, services: list[Read], run: Import) -> dict[str, Any]:
    """Size, legal form and the rest are not in such a feed, so they are not known here either."""
    sites = {(service.site.postcode, service.site.town) for service in services if service.site}
    # With several sites none of them is the base.
    postcode, town = sites.pop() if len(sites) == 1 else ("", "")
    return {
        "name": organisation.name,
        "about": organisation.description,
        "email": _if_valid(organisation.email, validate_email),
        "website": _if_valid(organisation.website, URLValidator(schemes=["http", "https"])),
        "legal_form": LegalForm.UNKNOWN,
        "base_postcode": postcode[:8],
        "town": town[:80],
        "source": run.source,
        "source_id": organisation.source_id,
    }


def _if_valid(value: str, validate: Callable[[str], None]) -> str:
    try:
        validate(value)
    except ValidationError:
        return ""
    return value if len(value) <= 200 else ""


def _take_service(provider: Provider, given: Read, run: Import) -> bool:
    """Write one service as its source has it; whether anything had to be written."""
    categories = likely_categories(given.name, given.description)
    try:
        coverage = _coverage(given, categories)
    except CannotTake as reason:
        run.refused.append(f"{given.name}: {reason}.")
        return False
    service = Service.every.filter(provider=provider, source_id=given.source_id).first()
    is_new = service is None
    facts = _service_facts(given, run.council)
    approved = {"approved_at": run.now if run.publish else None}
    service = service or Service.every.create(provider=provider, source_id=given.source_id, **facts, **approved)
    changed = _write_changes(service, facts)
    changed |= _write_categories(service, categories)
    changed |= _write_coverage(service, coverage)
    run.added += is_new
    run.changed += changed and not is_new
    run.unchanged += not (changed or is_new)
    return changed or is_new


def _service_facts(given: Read, council: Council) -> dict[str, Any]:
    regulator = regulator_of(council.nation, given.description)
    return {
        "name": given.name,
        "description": given.description,
        "client_groups": given.client_groups,
        "regulatory_basis": RegulatoryBasis.REGISTERED if regulator else RegulatoryBasis.NOT_KNOWN,
        "regulator": regulator,
    }


def _coverage(given: Read, categories: tuple[str, ...]) -> list[dict[str, Any]]:
    """Help that is gone to reaches from its door; help that comes reaches the areas its source names."""
    point = _point(given.site)
    known = _known_areas(given.area_codes) if goes_to_people(categories) else []
    rows = [{"reach": Reach.AREA.value, **area, **point, "place": ""} for area in known]
    if given.site and point and (is_gone_to(categories) or not rows):
        nowhere = {"council_id": None, "district_id": None}
        rows.append({"reach": Reach.COME_TO_US.value, **nowhere, **point, "place": given.site.address})
    if not rows:
        raise CannotTake("it names no place and no area that we know")
    return rows


def _point(site: Site | None) -> dict[str, Any]:
    if site is None:
        return {}
    try:
        easting, northing = to_grid(site.latitude, site.longitude)
    except ValueError:
        return {}
    return {"easting": easting, "northing": northing}


def _known_areas(codes: Iterable[str]) -> list[dict[str, Any]]:
    """A council's code is often its one district's too: then the council is meant."""
    areas = []
    for code in dict.fromkeys(codes):
        if Council.objects.filter(pk=code).exists():
            areas.append({"council_id": code, "district_id": None})
        elif District.objects.filter(pk=code).exists():
            areas.append({"council_id": None, "district_id": code})
    return areas


def _write_changes(row: models.Model, facts: dict[str, Any]) -> bool:
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def _write_categories(service: Service, codes: tuple[str, ...]) -> bool:
    if set(service.categories.values_list("pk", flat=True)) == set(codes):
        return False
    service.categories.set(Category.objects.filter(pk__in=codes))
    return True


def _write_coverage(service: Service, wanted: list[dict[str, Any]]) -> bool:
    names = ("reach", "council_id", "district_id", "easting", "northing", "place")
    # As text, because an area without a point has None where another has a number.
    kept = sorted(str(row) for row in service.coverage.values_list(*names))
    if kept == sorted(str(tuple(row.get(name) for name in names)) for row in wanted):
        return False
    service.coverage.all().delete()
    Coverage.objects.bulk_create(Coverage(service=service, **row) for row in wanted)
    return True


def _free_slug(organisation: Organisation) -> str:
    slug = slugify(organisation.name)[:70].strip("-") or "provider"
    return f"{slug}-{slugify(organisation.source_id)[:8]}" if Provider.every.filter(slug=slug).exists() else slug
