"""A tabular package of HSDS: a folder of tables, one an entity, joined by their ids.

A million services do not fit into memory with all that hangs on them, and the tables come in any order. So they go
into a database in a temporary file first, by the id that each row hangs on, and services are put together from it.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import ijson

Row = dict[str, Any]
NAMES = {
    "service": ("services", "service"),
    "organization": ("organizations", "organization"),
    "location": ("locations", "location"),
    "service_at_location": ("service_at_locations", "service_at_location", "services_at_location"),
    "address": ("addresses", "address", "physical_addresses", "physical_address"),
    "phone": ("phones", "phone"),
    "contact": ("contacts", "contact"),
    "schedule": ("schedules", "schedule", "regular_schedules", "regular_schedule"),
    "service_area": ("service_areas", "service_area"),
    "language": ("languages", "language"),
    "accessibility": ("accessibilities", "accessibility", "accessibility_for_disabilities"),
    "cost_option": ("cost_options", "cost_option"),
    "funding": ("fundings", "funding"),
    "organization_identifier": ("organization_identifiers", "organization_identifier"),
    "attribute": ("attributes", "attribute"),
    "taxonomy_term": ("taxonomy_terms", "taxonomy_term"),
}
# What hangs on each entity: the list it becomes there, and the tables it comes from.
OF_A_SERVICE = {
    "schedules": "schedule",
    "service_areas": "service_area",
    "languages": "language",
    "cost_options": "cost_option",
    "funding": "funding",
    "contacts": "contact",
    "phones": "phone",
    "attributes": "attribute",
}
OF_AN_ORGANISATION = {
    "organization_identifiers": "organization_identifier",
    "contacts": "contact",
    "phones": "phone",
    "attributes": "attribute",
}
OF_A_LOCATION = {"addresses": "address", "accessibility": "accessibility", "phones": "phone"}


def is_package(folder: Path) -> bool:
    return _table(folder, "service") is not None and (_table(folder, "organization") is not None)


def package_rows(folder: Path) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as kept:
        joined = sqlite3.connect(Path(kept) / "package.sqlite3")
        try:
            joined.execute("CREATE TABLE part (entity TEXT, owner TEXT, row TEXT)")
            for entity in NAMES:
                if entity != "service" and (table := _table(folder, entity)):
                    joined.executemany("INSERT INTO part VALUES (?, ?, ?)", _owned(entity, _read(table)))
            joined.execute("CREATE INDEX by_owner ON part (entity, owner)")
            for service in _read(_table(folder, "service") or folder):
                yield _whole(joined, service)
        finally:
            joined.close()


def _table(folder: Path, entity: str) -> Path | None:
    files = (folder / f"{name}{kind}" for name in NAMES[entity] for kind in (".csv", ".json"))
    return next((file for file in files if file.is_file()), None)


def _read(table: Path) -> Iterator[Row]:
    if table.suffix == ".json":
        with table.open("rb") as opened:
            yield from (row for row in ijson.items(opened, "item", use_float=True) if isinstance(row, dict))
        return
    with table.open(encoding="utf-8-sig", newline="") as opened:
        # An empty cell says nothing.
        for row in csv.DictReader(opened):
            yield {key: value for key, value in row.items() if key and value}


def _owned(entity: str, rows: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    """Each row under every id that it hangs on; organisations, locations and terms under their own."""
    for row in rows:
        if entity in ("organization", "location", "taxonomy_term"):
            owners = [row.get("id")]
        elif entity == "attribute":
            owners = [row.get("link_id")]
        elif entity == "service_at_location":
            owners = [row.get("service_id")]
        else:
            owners = [row.get(key) for key in ("service_id", "organization_id", "location_id")]
        for owner in {owner for owner in owners if isinstance(owner, str) and owner}:
            yield entity, owner, json.dumps(row)


def _whole(joined: sqlite3.Connection, service: Row) -> Row:
    key, organisation = str(service.get("id") or ""), str(service.get("organization_id") or "")
    whole = {**service, **_lists(joined, OF_A_SERVICE, key)}
    places = [_at(joined, row) for row in _parts(joined, "service_at_location", key)]
    if places:
        whole["service_at_locations"] = places
    for row in _parts(joined, "organization", organisation):
        whole["organization"] = {**row, **_lists(joined, OF_AN_ORGANISATION, organisation)}
    return whole


def _at(joined: sqlite3.Connection, at: Row) -> Row:
    location = str(at.get("location_id") or "")
    for row in _parts(joined, "location", location):
        return {**at, "location": {**row, **_lists(joined, OF_A_LOCATION, location)}}
    return at


def _lists(joined: sqlite3.Connection, wanted: Mapping[str, str], owner: str) -> Row:
    found = {name: _parts(joined, entity, owner) for name, entity in wanted.items()}
    for attribute in found.get("attributes", []):
        for term in _parts(joined, "taxonomy_term", str(attribute.get("taxonomy_term_id") or "")):
            attribute["taxonomy_term"] = term
    return {name: rows for name, rows in found.items() if rows}


def _parts(joined: sqlite3.Connection, entity: str, owner: str) -> list[Row]:
    if not owner:
        return []
    rows = joined.execute("SELECT row FROM part WHERE entity = ? AND owner = ? ORDER BY rowid", (entity, owner))
    return [json.loads(row) for (row,) in rows]
