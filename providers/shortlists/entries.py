"""What stands on a list, as of today: each service as the register has it now, and who is on the register no more."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from providers.credentials.letters import PEOPLE_WHO_EDIT
from providers.finding.results import Result, results, rows_among
from providers.finding.short_address import short_address, spoken
from providers.models import KeptList, KeptService, Listing, Provider, ProviderMembership, Service, Version


@dataclass(frozen=True)
class Contact:
    """How to reach them, in the order in which they would rather be reached."""

    prefers_calls: bool
    phone: str
    # By the form on their page: an address is shown to nobody.
    can_write: bool
    website: str
    # Their own page, short enough to type from paper.
    page: str

    @property
    def is_known(self) -> bool:
        return bool(self.phone or self.can_write or self.website)


@dataclass(frozen=True)
class StillThere:
    """The provider of a service that is not listed any more, where the provider itself still is."""

    name: str
    slug: str


@dataclass(frozen=True)
class Entry:
    """One line of a list. Without `found` the service is not on the register today; nothing of it is told then."""

    kept: KeptService
    found: Result | None
    contact: Contact | None = None
    still_there: StillThere | None = None

    @property
    def id(self) -> str:
        return str(self.kept.service_id)

    @property
    def name(self) -> str:
        return self.found.name if self.found else ""


def entries_of(kept_list: KeptList, today: datetime.date) -> list[Entry]:
    """In the family's order. The queries do not grow with the list."""
    return _entries(list(kept_list.kept.still_on()), today)


def taken_off(kept_list: KeptList, today: datetime.date) -> list[Entry]:
    """What can be put back, the last one first."""
    return _entries(list(kept_list.kept.filter(taken_off_on__isnull=False).order_by("-taken_off_on", "-pk")), today)


def _entries(rows: Sequence[KeptService], today: datetime.date) -> list[Entry]:
    wanted = [row.service_id for row in rows]
    found = {UUID(result.id): result for result in _found(wanted, today)}
    contacts = _contacts(found.values())
    others = _still_there([key for key in wanted if key not in found])
    return [
        Entry(row, found.get(row.service_id), contacts.get(row.service_id), others.get(row.service_id)) for row in rows
    ]


def _contacts(found: Collection[Result]) -> dict[UUID, Contact]:
    """By service. An enquiry goes to those who run the provider, or to the address it was published with."""
    providers = {result.provider_id for result in found}
    codes = dict(Provider.every.filter(pk__in=providers).values_list("pk", "short_code"))
    run = ProviderMembership.objects.current().filter(PEOPLE_WHO_EDIT, provider__in=providers)
    run_by_somebody = set(run.values_list("provider", flat=True))
    return {
        UUID(result.id): Contact(
            prefers_calls=bool(result.content["prefers_calls"] and result.content["phone"]),
            phone=result.content["phone"],
            can_write=bool(result.content["email"]) or result.provider_id in run_by_somebody,
            website=result.content["website"],
            page=spoken(short_address(codes[result.provider_id])),
        )
        for result in found
    }


def _found(wanted: Collection[UUID], today: datetime.date) -> list[Result]:
    return results(rows_among(Listing.listed.filter(service__in=wanted)), None, today)


def _still_there(gone: Collection[UUID]) -> dict[UUID, StillThere]:
    """By service. Names come from the approved version, never from the provider's own row (rule 6)."""
    if not gone:
        return {}
    of_listed = Service.every.filter(pk__in=gone, provider__in=Provider.listed.all())
    providers = dict(of_listed.values_list("pk", "provider"))
    newest = Version.objects.filter(provider__in=set(providers.values()))
    newest = newest.order_by("provider_id", "-number").distinct("provider_id")
    contents = dict(newest.values_list("provider", "content"))
    told = {key: StillThere(content["name"], content["slug"]) for key, content in contents.items()}
    return {service: told[provider] for service, provider in providers.items() if provider in told}
