"""A provider's own page: its newest approved version, with what councils have seen of its papers as of today."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.finding import wording
from providers.finding.checks import Checks, checks_of
from providers.identifiers import rules
from providers.identifiers.wording import name
from providers.listings.coverage_map import OnTheGround, on_the_ground
from providers.models import CouncilListing, Listing, Version
from providers.models.provider import LegalForm
from providers.models.service import ClientGroup, Delivery, Payer
from registry.models import Council

Row = dict[str, str]


@dataclass(frozen=True)
class PublicService:
    id: str
    name: str
    description: str
    rows: list[Row]
    # What the picture of its coverage says to those who cannot see it; empty where there is nothing to draw.
    map_words: str = ""


@dataclass(frozen=True)
class PublicProfile:
    content: dict[str, Any]
    about: list[Row]
    services: list[PublicService]
    checks: Checks
    council: Council
    lists: Sequence[CouncilListing] = ()


def public_profile(version: Version, today: datetime.date) -> PublicProfile:
    """Read from the version alone: the provider's live row may hold an edit that nobody has approved (rule 6)."""
    lists = lists_of(version)
    confirmed = dict(Listing.listed.filter(provider=version.provider_id).values_list("service", "confirmed_on"))
    checks = checks_of([version.provider_id], today)[version.provider_id]
    told = profile_of(version.content, _council_of(version, lists), checks, today, confirmed)
    return replace(told, lists=lists)


def profile_of(
    content: dict[str, Any],
    council: Council,
    checks: Checks,
    today: datetime.date,
    confirmed: Mapping[UUID, datetime.date | None] = MappingProxyType({}),
) -> PublicProfile:
    """A listing in the shape of `freeze`, in words; `confirmed` says of each service when it was last confirmed."""
    return PublicProfile(
        content=content,
        about=_about(content),
        services=[
            _service(frozen, council, today, confirmed.get(UUID(frozen["id"])), ground)
            for frozen, ground in zip(content["services"], on_the_ground(content["services"]), strict=True)
        ],
        checks=checks,
        council=council,
    )


def lists_of(version: Version) -> list[CouncilListing]:
    """The councils on whose lists it stands today, the longest first."""
    rows = CouncilListing.objects.current().filter(provider=version.provider_id).select_related("council")
    return list(rows.defer("council__boundary").order_by("listed_at"))


def _council_of(version: Version, lists: list[CouncilListing]) -> Council:
    """Whom to ring: the council that approved this page while it still lists it, else another that does.

    An import stands on nobody's list; the council it was imported for is then the one to ring.
    """
    councils = {row.council_id: row.council for row in lists}
    approved_by = councils.get(version.content["home_council"])
    return approved_by or next(iter(councils.values()), version.provider.home_council)


def _about(content: dict[str, Any]) -> list[Row]:
    form = LegalForm(content["legal_form"])
    rows = [
        (_("What they are"), _("Not known") if form is LegalForm.UNKNOWN else str(form.label)),
        (_("How many people do the work"), _people(content["people"])),
        (_("Run by its members"), _("Yes") if content["run_by_members"] else ""),
        (_("Where they are based"), " ".join(filter(None, [content["town"], content["outcode"]]))),
    ]
    return _shown(rows) + [_number(held) for held in content.get("identifiers") or []]


def _number(held: dict[str, str]) -> Row:
    """A number on a public register, which leads to the register's page about it where there is one."""
    link = rules.link(held["scheme"], held["value"])
    return {"key": name(held["scheme"]), "value": held["value"], **({"link": link} if link else {})}


def _people(people: int | None) -> str:
    if people is None:
        return _("Not known")
    return ngettext("%(people)d person", "%(people)d people", people) % {"people": people}


def _service(
    service: dict[str, Any],
    council: Council,
    today: datetime.date,
    confirmed_on: datetime.date | None,
    ground: OnTheGround,
) -> PublicService:
    availability = service["availability"] | wording.confirmed(confirmed_on)
    ask = _("Not known: ask them")
    rows = [
        (_("Kind of help"), "; ".join(wording.category_names(service["categories"]))),
        (_("For"), ", ".join(wording.labels(ClientGroup, service["client_groups"]))),
        (_("Where"), "\n".join(wording.where(way) for way in service["coverage"]) or ask),
        (_("People who live there"), wording.people_inside(ground.people)),
        (_("How"), ", ".join(wording.labels(Delivery, service["delivery"]))),
        (_("Price"), "\n".join(_prices(service)) or ask),
        (_("Shortest visit"), wording.shortest_visit(service["minimum_minutes"])),
        (_("Who can pay"), ", ".join(wording.labels(Payer, service["payers"])) or ask),
        (_("When"), "\n".join(wording.hours(service)) or wording.times(availability) or ask),
        (_("Space"), wording.space(availability, today)),
        (_("Hours free each week"), str(availability["hours_free"] or "")),
        (_("Languages"), ", ".join(service["languages"])),
        (_("Accessibility"), "\n".join(wording.accessibility(service))),
        (_("Registration"), wording.regulation(service, council.nation)),
        *wording.source_says(service),
    ]
    where = "; ".join(wording.where(way) for way in service["coverage"])
    map_words = _("Map: %(where)s") % {"where": where} if ground.can_be_drawn else ""
    return PublicService(service["id"], service["name"], service["description"], _shown(rows), map_words)


def _prices(service: dict[str, Any]) -> list[str]:
    said = [wording.price(service), *wording.extra_prices(service), service["price_note"]]
    return [words for words in said if words]


def _shown(rows: list[tuple[str, str]]) -> list[Row]:
    """Rows for a summary list; an optional one that was left empty is left out."""
    return [{"key": key, "value": value} for key, value in rows if value]
