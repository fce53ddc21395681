"""The open register as a table that a spreadsheet opens: the same columns that `import_csv` reads."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from providers.listings.hours import days_in_words, spans_in_words, week
from providers.models.coverage import Reach
from providers.open_referral.export import entries
from providers.open_referral.feed_attributes import space_today
from providers.open_referral.feed_entries import Entry
from providers.open_referral.table import BETWEEN, COLUMNS, NAMES, safe

Frozen = dict[str, Any]


def write_table(file: Path, today: datetime.date) -> Iterator[int]:
    """One service a line, with the mark by which Excel knows UTF-8. Put in its place only when it is whole."""
    begun = file.with_name(file.name + ".part")
    with begun.open("w", encoding="utf-8-sig", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(NAMES)
        for entry in entries(today):
            said = _cells(entry)
            table.writerow([safe(said.get(name, "")) for name in NAMES])
            yield 1
    begun.replace(file)


def example() -> list[list[str]]:
    """The header and one line that shows what each column holds."""
    return [list(NAMES), [column.example for column in COLUMNS]]


def _cells(entry: Entry) -> dict[str, str]:
    told, frozen = entry.content, entry.service
    numbers = {held["scheme"]: held["value"] for held in told.get("identifiers") or []}
    space = space_today(entry)
    facts = {
        "id": str(entry.id),
        "name": frozen["name"],
        "description": frozen["description"],
        "status": "active",
        "organisation_id": str(entry.provider_id),
        "organisation": told["name"],
        "about": told["about"],
        "legal_form": told["legal_form"],
        "people": told["people"],
        "phone": told["phone"],
        "email": told["email"],
        "website": told["website"],
        "postcode": told["outcode"],
        "town": told["town"],
        "space": space if space in ("now", "waiting", "full") else "",
        "price": "" if frozen["price_pence"] is None else f"{frozen['price_pence'] / 100:.2f}",
        "price_unit": frozen["price_unit"],
        "price_note": frozen["price_note"],
        "shortest_visit": frozen["minimum_minutes"],
        "hours": _hours(frozen),
        "regulation": frozen["regulatory_basis"],
        "regulator": frozen["regulator"],
        "registration_number": frozen["registration_number"],
        "company_number": numbers.get("company"),
        "charity_number": numbers.get("charity"),
        **{name: BETWEEN.join(frozen.get(name) or []) for name in LISTS},
        **_where(frozen["coverage"], entry),
    }
    return {name: str(fact) for name, fact in facts.items() if fact is not None}


LISTS = ("categories", "client_groups", "delivery", "languages", "accessibility", "payers")


def _hours(frozen: Frozen) -> str:
    exact = [
        f"{', '.join(days_in_words(days))} {spans_in_words(spans)}" for days, spans in week(frozen.get("hours") or {})
    ]
    timed = set(frozen.get("hours") or {})
    others = days_in_words(day for day in frozen["availability"]["days"] if day not in timed)
    return BETWEEN.join([*exact, *([", ".join(others)] if others else [])])


def _where(coverage: list[Frozen], entry: Entry) -> dict[str, str]:
    said: dict[str, str] = {"areas": BETWEEN.join(way["code"] for way in coverage if way["reach"] == Reach.AREA)}
    for way in coverage:
        if way["reach"] == Reach.DISTANCE:
            said["miles"] = f"{way['miles']:g}"
        elif way["reach"] == Reach.COME_TO_US:
            said["place"] = way["place"]
            said["place_postcode"] = entry.door.address.get("postal_code", "") if entry.door else ""
    return said
