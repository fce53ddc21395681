"""Rows of our table as rows of Open Referral, in whatever way a spreadsheet saved them; then taken as any feed's."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.utils.text import slugify
from django.utils.translation import override

from providers.listings import hours
from providers.open_referral.hours import DAYS, days_in
from providers.open_referral.labels import OWN, care_codes
from providers.open_referral.ours import KEY, UNITS
from providers.open_referral.rules import CannotTake
from providers.open_referral.table import COLUMNS, WrongCell, decimal, header_of, several, unsafe, whole_number
from registry.places.rules import read as read_postcode

# A cell of a few megabytes is a file that lost its quotes.
csv.field_size_limit(200_000)
Row = dict[str, Any]


class CannotReadTable(Exception):
    """Why nothing of the table can be read, and how to mend it."""


def table_rows(file: Path) -> Iterator[Row | CannotTake]:
    """One service a line; a line that cannot be read comes as the reason, so that it is reported in its place."""
    try:
        with file.open("rb") as probe:
            encoding = _encoding(probe)
        with file.open(encoding=encoding, newline="") as opened:
            yield from _rows(opened)
    except OSError as error:
        raise CannotReadTable(f"{file} cannot be read: {error.strerror}.") from error
    except (WrongCell, csv.Error) as error:
        raise CannotReadTable(f"{file}: {error}.") from error


def _encoding(probe: io.BufferedReader) -> str:
    """UTF-8, what Excel calls Unicode, or else what Windows writes here; read to the end, for a £ may stand late."""
    start = probe.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    probe.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := probe.read(1 << 20):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _rows(opened: TextIO) -> Iterator[Row | CannotTake]:
    first = opened.readline()
    if not first.strip():
        raise WrongCell("it is empty: its first line must name the columns")
    between = max(",;\t", key=first.count)
    header = header_of(next(csv.reader([first], delimiter=between)))
    for cells in csv.reader(opened, delimiter=between):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            yield _service(_cells(header, cells))
        except WrongCell as reason:
            yield CannotTake(str(reason))


def _cells(header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) > len(header) and any(cells[len(header) :]):
        raise WrongCell(
            f"it has {len(cells)} cells, and there are {len(header)} columns: put text with commas in quotes"
        )
    return {name: unsafe(cell.strip()) for name, cell in zip(header, cells, strict=False)}


def _service(cell: dict[str, str]) -> Row:
    said = {column.name: cell.get(column.name, "") for column in COLUMNS}
    spans, days = _hours(said["hours"])
    price, unit = _price(said)
    return {
        "id": said["id"],
        "name": said["name"],
        "description": said["description"],
        "status": said["status"].casefold() or "active",
        "organization": _organisation(said),
        "languages": [{"name": name} for name in several(said["languages"])],
        "schedules": [
            {"freq": "WEEKLY", "byday": day[:2].upper(), "opens_at": _clock(start), "closes_at": _clock(end)}
            for day, start, end in spans
        ],
        "cost_options": [{"amount": price, "amount_description": unit}] if price is not None else [],
        "service_areas": [{"name": area, "uri": area} for area in several(said["areas"])],
        "service_at_locations": _place(said),
        "attributes": _attributes(said),
        KEY: {
            "may_guess": True,
            "coverage": _ways(said),
            "minimum_minutes": whole_number(said["shortest_visit"], "shortest_visit", 24 * 60),
            "price_note": said["price_note"],
            "regulator": said["regulator"],
            "registration_number": said["registration_number"],
            "space": _code("space", "space", said["space"]),
            "days": days,
        },
    }


def _organisation(said: dict[str, str]) -> Row:
    base = said["postcode"] and read_postcode(said["postcode"])
    if said["postcode"] and not base:
        raise WrongCell(f"postcode says {said['postcode'][:40]!r}: write one like BA1 1LZ, or its first half, like BA1")
    numbers = {"GB-COH": said["company_number"], "GB-CHC": said["charity_number"]}
    return {
        "id": said["organisation_id"] or slugify(said["organisation"])[:100],
        "name": said["organisation"],
        "description": said["about"],
        "website": said["website"],
        "organization_identifiers": [
            {"identifier_scheme": scheme, "identifier": number} for scheme, number in numbers.items() if number
        ],
        "attributes": _terms("legal_form", [_code("legal_form", "legal_form", said["legal_form"])]),
        KEY: {
            "people": whole_number(said["people"], "people", 5000),
            "phone": said["phone"],
            "email": said["email"],
            "town": said["town"],
            "outcode": base.outward if base else "",
        },
    }


def _attributes(said: dict[str, str]) -> list[Row]:
    labels: list[Row] = []
    for column in COLUMNS:
        if column.many and column.facet:
            codes = [_code(column.name, column.facet, written) for written in several(said[column.name])]
            labels += _terms(column.facet, codes)
    labels += _terms("regulation", [_code("regulation", "regulation", said["regulation"])])
    return labels + _terms("care", [_category(written) for written in several(said["categories"])])


def _terms(taxonomy: str, codes: list[str]) -> list[Row]:
    return [{"taxonomy_term": {"taxonomy": taxonomy, "term": code}} for code in codes if code]


def _code(column: str, facet: str, written: str) -> str:
    """The code, given as itself or as the words that stand for it on our pages."""
    if not written:
        return ""
    with override("en-gb"):
        known = {str(name).casefold(): value for value, label in OWN[facet].choices for name in (value, label)}
    code = known.get(written.casefold())
    if code is None or (facet == "space" and code == "away"):
        raise WrongCell(f"{column} says {written[:40]!r}: write one of {', '.join(OWN[facet].values)}")
    return code


def _category(written: str) -> str:
    code = care_codes().get(written.casefold())
    if code is None:
        raise WrongCell(f"categories says {written[:40]!r}: write codes or names from /categories.json, like cleaning")
    return code


def _price(said: dict[str, str]) -> tuple[float | None, str]:
    price, unit = decimal(said["price"], "price", 100_000), said["price_unit"].casefold()
    if price is not None and unit not in UNITS:
        raise WrongCell(f"price_unit says {unit[:40]!r}: with a price, write one of {', '.join(sorted(UNITS))}")
    return price, unit


def _hours(written: str) -> tuple[list[tuple[str, int, int]], list[str]]:
    """Days with their hours, and all days: "Monday to Friday 9am-1pm; Saturday"."""
    spans: list[tuple[str, int, int]] = []
    named: set[str] = set()
    for piece in several(written):
        # The hours begin with the first figure, or with a word for one.
        words, figures = _split(piece)
        days = days_in(words)
        if not days:
            raise WrongCell(f"hours says {piece[:40]!r}: write days, then hours, like Monday to Friday 9am-1pm")
        named.update(days)
        try:
            read = hours.read(figures) if figures else []
        except (hours.NotHours, hours.PastMidnight, hours.TooManySpans):
            raise WrongCell(f"hours says {figures[:40]!r}: write them like 9am-1pm, at most two on a day") from None
        spans += [(day, start, end) for day in days for start, end in read]
    return spans, [day for day in DAYS if day in named]


def _split(piece: str) -> tuple[str, str]:
    found = re.search(r"\d|\b(?:noon|midday|midnight)\b", piece, re.I)
    at = found.start() if found else len(piece)
    return piece[:at].rstrip(" :,"), piece[at:]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _ways(said: dict[str, str]) -> list[Row]:
    miles = decimal(said["miles"], "miles", 100)
    ways: list[Row] = []
    if miles:
        if not said["postcode"]:
            raise WrongCell("miles says how far, and no postcode says from where: fill in postcode")
        base = read_postcode(said["postcode"])
        ways.append({"reach": "distance", "miles": miles, "from": base.outward if base else ""})
    ways += [{"reach": "area", "code": area} for area in several(said["areas"])]
    if said["place"] or said["place_postcode"]:
        ways.append({"reach": "come_to_us", "place": said["place"] or said["place_postcode"]})
    return ways


def _place(said: dict[str, str]) -> list[Row]:
    if not said["place_postcode"]:
        return []
    address = {"address_1": said["place"], "postal_code": said["place_postcode"]}
    return [{"location": {"location_type": "physical", "addresses": [address]}}]
