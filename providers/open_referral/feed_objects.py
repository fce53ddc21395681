"""Services, organisations and places as Open Referral UK 3.0 writes them. What is not known is left out (rule 14)."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from providers.finding import open_facts, wording
from providers.listings.freeze import METRES_IN_A_MILE
from providers.models.coverage import Reach
from providers.open_referral.feed_attributes import of_organization, of_service
from providers.open_referral.feed_doors import Door, Frozen
from providers.open_referral.feed_entries import Entry
from providers.open_referral.feed_ids import LINK, LOCATION, made_from, turned
from registry.models.postcode import Outcode
from registry.places.grid import transformer

STATISTICS = "http://statistics.data.gov.uk/id/statistical-geography/"
CORNERS = 24
Facts = dict[str, Any]


def said(**facts: Any) -> Facts:
    """Without what is unknown or empty; text without blanks around it."""
    stripped = {name: fact.strip() if isinstance(fact, str) else fact for name, fact in facts.items()}
    return {name: fact for name, fact in stripped.items() if fact is not None and fact not in ("", [], {})}


def service(entry: Entry) -> Facts:
    """The fields of a service itself, with its organisation: what a list holds."""
    frozen = entry.service
    return said(
        id=str(entry.id),
        organization_id=str(entry.provider_id),
        name=frozen["name"].strip() or _("Service"),
        description=frozen["description"],
        url=f"{settings.SITE_URL}/providers/{entry.content['slug']}/",
        status="active",
        accreditations=_accreditations(entry),
        assured_date=entry.confirmed_on.isoformat() if entry.confirmed_on else None,
        alert=_alert(frozen["availability"], entry.today),
        last_modified=entry.changed_at.isoformat(timespec="microseconds"),
        organization=organization(entry.content, entry.provider_id),
    )


def whole_service(entry: Entry, middles: dict[str, Outcode]) -> Facts:
    """With all that belongs to it."""
    return service(entry) | said(
        schedules=_of(entry, open_facts.schedules(entry.service)),
        service_areas=_areas(entry, middles),
        service_at_locations=[link(entry, whole=True)] if entry.door else [],
        languages=_of(entry, open_facts.languages(entry.service)),
        cost_options=_of(entry, open_facts.cost_options(entry.service)),
        attributes=of_service(entry),
        organization=whole_organization([entry]),
    )


def organization(content: Frozen, provider_id: UUID) -> Facts:
    told = open_facts.organization(content, provider_id)
    return said(id=told["id"], name=told["name"], description=told["description"], website=content["website"])


def whole_organization(entries: list[Entry]) -> Facts:
    """Of entries that are all of one provider; there is at least one."""
    first = entries[0]
    numbers = open_facts.organization(first.content, first.provider_id).get("organization_identifiers", [])
    return organization(first.content, first.provider_id) | said(
        organization_identifiers=[number | {"organization_id": str(first.provider_id)} for number in numbers],
        attributes=of_organization(first),
    )


def link(entry: Entry, *, whole: bool = False) -> Facts:
    """The service at the place that people come to; the entry must have a door."""
    return {
        "id": str(turned(entry.id, LINK)),
        "service_id": str(entry.id),
        "location_id": str(turned(entry.id, LOCATION)),
        "location": _location(entry, whole=whole),
    }


def _location(entry: Entry, *, whole: bool) -> Facts:
    door, id = entry.door or Door("", None, {}), str(turned(entry.id, LOCATION))
    latitude, longitude = door.point or (None, None)
    hidden = _("The middle of this postcode district: the address is not published.")
    told = said(
        id=id,
        location_type="physical",
        name=door.name,
        description=None if door.address else hidden,
        latitude=latitude,
        longitude=longitude,
    )
    if not whole:
        return told
    address = {"id": made_from("address", id), "location_id": id} | door.address
    helps = [helped | {"location_id": id} for helped in open_facts.accessibility(entry.service)]
    return told | said(addresses=[address] if door.address else [], accessibility=helps)


def middles_for(entries: Iterable[Entry]) -> dict[str, Outcode]:
    """The middles of the postcode districts that services set out from, for `whole_service`."""
    return Outcode.objects.in_bulk({entry.content["outcode"] for entry in entries})


def _of(entry: Entry, rows: list[Facts]) -> list[Facts]:
    return [row | {"service_id": str(entry.id)} for row in rows]


def _areas(entry: Entry, middles: dict[str, Outcode]) -> list[Facts]:
    told = [_area(way, middles.get(entry.content["outcode"])) for way in entry.service["coverage"]]
    kept = [area for area in told if area]
    return [
        {"id": made_from("area", str(entry.id), area.get("uri", "distance")), "service_id": str(entry.id)} | area
        for area in kept
    ]


def _area(way: Frozen, middle: Outcode | None) -> Facts:
    """Whoever is gone to has a place and no area."""
    if way["reach"] == Reach.COME_TO_US:
        return {}
    if way["reach"] == Reach.AREA:
        words = wording.where(way)
        return said(name=way["name"], service_area=words, uri=f"{STATISTICS}{way['code']}" if way["code"] else None)
    words = wording.where(way)
    if middle is None:
        return {"name": words, "service_area": words, "extent": words, "extent_type": "text"}
    extent = _around(middle.easting, middle.northing, way["miles"] * METRES_IN_A_MILE)
    return {"name": words, "service_area": words, "extent": extent, "extent_type": "geojson"}


def _around(easting: int, northing: int, metres: float) -> str:
    """A ring of so many metres around the middle of the postcode district: never around the base (rule 10)."""
    turns = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    longitudes, latitudes = transformer("EPSG:27700", "EPSG:4326").transform(
        [easting + metres * math.cos(turn) for turn in turns], [northing + metres * math.sin(turn) for turn in turns]
    )
    ring = [[round(east, 4), round(north, 4)] for east, north in zip(longitudes, latitudes, strict=True)]
    return json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, separators=(",", ":"))


def _accreditations(entry: Entry) -> str:
    if not entry.checks.current:
        return ""
    # A check is never told without this (rule 12).
    return ". ".join([*entry.checks.current, _("A check is not a recommendation"), ""]).strip()


def _alert(availability: Frozen, today: datetime.date) -> str:
    back = availability["away_until"]
    away = availability["space"] == "away" and back and datetime.date.fromisoformat(back) > today
    return wording.space(availability | {"confirmed_on": None}, today).replace(" (no date)", "") if away else ""
