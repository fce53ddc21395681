"""The invented providers as patterns: every row of each, with gaps where a copy elsewhere must differ.

Rows are taken from the tables as text, column by column, so a new column of a table is copied without a word here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F
from django.db.models.functions import Cast
from psycopg import sql

from providers.listings.packing import TOWN
from providers.models import (
    Availability,
    Check,
    CouncilListing,
    Coverage,
    Credential,
    Listing,
    PriceExtra,
    Provider,
    SearchRow,
    SearchWords,
    Service,
    Version,
    WeeklyHours,
)
from providers.models.coverage import Reach
from providers.models.geometry import CircleField

NULL = r"\N"
_MARK = re.compile(r"@@(\w+)@@")
_TOWN = re.compile(rf"'{TOWN}\w+'")
# Columns that differ from copy to copy, and what fills them.
PLACES = {
    "slug": "slug",
    "short_code": "short_code",
    "source_id": "source_id",
    "base_postcode": "postcode",
    "postcode": "postcode",
    "town": "area",
    "place": "area",
    "home_council_id": "council",
    "council_id": "council",
    "district_id": "district",
    "easting": "east",
    "northing": "north",
}
Row = dict[str, str | None]


def gap(name: str) -> str:
    return f"@@{name}@@"


@dataclass(frozen=True)
class Table:
    """One table of the copy: its rows belong to a provider by this path of keys."""

    model: type[models.Model]
    of_provider: str

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> dict[str, models.Field[Any, Any]]:
        """Without a number that the database gives: nothing in a copy points at one."""
        own = self.model._meta.concrete_fields
        return {str(field.column): field for field in own if not isinstance(field, models.AutoField)}


TABLES = (
    Table(Provider, "pk"),
    Table(CouncilListing, "provider"),
    Table(Service, "provider"),
    Table(Service.categories.through, "service__provider"),
    Table(Coverage, "service__provider"),
    Table(Availability, "service__provider"),
    Table(WeeklyHours, "service__provider"),
    Table(PriceExtra, "service__provider"),
    Table(Credential, "provider"),
    Table(Check, "credential__provider"),
    Table(Version, "provider"),
    Table(Listing, "provider"),
    Table(SearchRow, "listing__provider"),
    Table(SearchWords, "listing__provider"),
)


@dataclass(frozen=True)
class Pattern:
    """A provider to copy: how many services it has, how many keys it needs, and each table's lines as % patterns."""

    services: int
    keys: int
    lines: Mapping[str, str]


def patterns() -> list[Pattern]:
    """Every listed provider of the demonstration, in the order of their addresses; none where there are none."""
    of_demonstration = Provider.listed.filter(is_invented=True, source_id="").order_by("slug")
    providers = list(of_demonstration.values_list("pk", "name", "home_council"))
    lines: dict[UUID, dict[str, list[Row]]] = {key: {} for key, _name, _council in providers}
    for table in TABLES:
        for key, row in _rows(table, list(lines)):
            lines[key].setdefault(table.name, []).append(row)
    return [_pattern(name, council, lines[key]) for key, name, council in providers]


def copy_statement(table: Table) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(column) for column in table.columns)
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)


def _rows(table: Table, providers: list[UUID]) -> Iterator[tuple[UUID, Row]]:
    """Each row as text by the name of its column, with the provider that it belongs to."""
    as_text = {f"text_{column}": Cast(F(field.name), models.TextField()) for column, field in table.columns.items()}
    found = table.model._base_manager.filter(**{f"{table.of_provider}__in": providers}).order_by("pk")
    if table.model is Version:
        found = found.order_by("-number")
    for key, *values in found.annotate(**as_text).values_list(table.of_provider, *as_text):
        yield key, dict(zip(table.columns, values, strict=True))


def _pattern(name: str, council: str, rows: Mapping[str, list[Row]]) -> Pattern:
    kept = {table.name: _kept(table, rows.get(table.name, []), council) for table in TABLES}
    keys = {row["id"]: f"k{n}" for n, row in enumerate(r for found in kept.values() for r in found if r.get("id"))}
    edit = Edit(name, {key: gap(mark) for key, mark in keys.items() if key})
    lines = {table.name: "".join(edit.line(table, row) for row in kept[table.name]) for table in TABLES}
    return Pattern(len(kept[Listing._meta.db_table]), len(keys), lines)


def _kept(table: Table, rows: list[Row], council: str) -> list[Row]:
    """What makes sense elsewhere: one version, its own council, one named area a service, checks made at first hand."""
    if table.model is Version:
        return rows[:1]
    if table.model is CouncilListing:
        return [row for row in rows if row["council_id"] == council][:1]
    if table.model is Check:
        return [row for row in rows if row["relies_on_id"] is None]
    if table.model is Coverage:
        once: dict[tuple[str | None, str | None], Row] = {}
        for row in rows:
            once.setdefault((row["service_id"], row["reach"]), row)
        return list(once.values())
    return rows


@dataclass(frozen=True)
class Edit:
    """Turns a value of a stock row into what its copies say."""

    name: str
    keys: Mapping[str, str]

    def line(self, table: Table, row: Row) -> str:
        """One line of COPY, as a pattern for `%`."""
        text = "\t".join(self.field(table, column, row) for column in table.columns)
        return _MARK.sub(r"%(\1)s", text.replace("%", "%%") + "\n")

    def field(self, table: Table, column: str, row: Row) -> str:
        value, field = row[column], table.columns[column]
        if isinstance(field, models.UUIDField) or (field.is_relation and value in self.keys):
            return self.keys.get(value or "", NULL)
        if table.model is Coverage and column in ("council_id", "district_id"):
            # A named area is the district of the copy's own place.
            return gap("district") if row["reach"] == Reach.AREA and column == "district_id" else NULL
        if value is None:
            return NULL
        if isinstance(field, CircleField):
            return f"<({gap('east')},{gap('north')}),{CircleField.read(value)[1]}>"
        if table.model is SearchWords and column == "words":
            return _escaped(_TOWN.sub(lambda town: f"'{TOWN}{gap('town_sign')}'", value))
        if table.model is Version and column == "content":
            return _escaped(self.content(value))
        return self.known(table, column, value)

    def known(self, table: Table, column: str, value: str) -> str:
        """Columns that tell of the place, whatever table they stand in; the rest is copied."""
        if column == "name":
            return _escaped(f"{value} {gap('area')}" if table.model is Provider else value)
        if column == "provider_name":
            return _escaped(f"{value} {gap('area')}")
        if column == "areas":
            return f"{{{gap('district')}}}" if value != "{}" else value
        # What the pattern leaves empty stays so, but for the mark that makes a copy one.
        is_mark = column == "source_id" and table.model is Provider
        return gap(PLACES[column]) if column in PLACES and (value or is_mark) else _escaped(value)

    def content(self, written: str) -> str:
        facts = json.loads(written)
        facts |= {fact: gap(fact) for fact in ("slug", "outcode")}
        facts |= {"name": f"{self.name} {gap('area')}", "town": gap("area"), "home_council": gap("council")}
        for service in facts["services"]:
            service["coverage"] = list({way["reach"]: _moved(way) for way in reversed(service["coverage"])}.values())
        text = json.dumps(facts, ensure_ascii=False)
        return re.sub("|".join(map(re.escape, self.keys)), lambda found: self.keys[found[0]], text)


def _moved(way: dict[str, Any]) -> dict[str, Any]:
    if way["reach"] == Reach.AREA:
        return way | {"code": gap("district"), "name": gap("area")}
    if way["reach"] == Reach.DISTANCE:
        return way | {"from": gap("outcode")}
    return way | {"place": f"{gap('area')} {gap('outcode')}"}


def _escaped(text: str) -> str:
    for letter, written in (("\\", r"\\"), ("\n", r"\n"), ("\t", r"\t"), ("\r", r"\r")):
        text = text.replace(letter, written)
    return text
