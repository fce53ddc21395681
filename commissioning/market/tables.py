"""A table as the page shows it and as its file holds it: the same rows, so that neither says more than the other."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from providers.open_referral.table import safe

Cell = int | str


@dataclass(frozen=True)
class Row:
    """Cells in the order of the columns; the first names the row, and may lead somewhere on the page."""

    cells: tuple[Cell, ...]
    href: str = ""

    @property
    def name(self) -> str:
        return str(self.cells[0])

    @property
    def words(self) -> list[str]:
        """The other cells, with commas in the thousands."""
        return [f"{cell:,}" if isinstance(cell, int) else cell for cell in self.cells[1:]]


def is_number(cell: Cell) -> bool:
    """Numbers and sums of money stand under each other by their ends."""
    return isinstance(cell, int) or cell.startswith("£") or cell.endswith("%")


@dataclass(frozen=True)
class Table:
    """`name` is that of its file."""

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: Sequence[Row] = field(default=())

    @property
    def numeric(self) -> list[bool]:
        """Which columns hold numbers: also what is said in words in one of them stands under its head."""
        return [any(is_number(row.cells[at]) for row in self.rows) for at in range(len(self.columns))]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        return list(zip(self.columns, self.numeric, strict=True))

    @property
    def shown(self) -> list[tuple[Row, list[tuple[str, bool]]]]:
        """Each row with its cells in words, and whether each stands in a column of numbers."""
        numeric = self.numeric[1:]
        return [(row, list(zip(row.words, numeric, strict=True))) for row in self.rows]


def as_file(table: Table, council: str) -> HttpResponse:
    """The table with the mark by which Excel knows UTF-8, and no cell that a spreadsheet takes for a formula."""
    out = io.StringIO()
    written = csv.writer(out)
    written.writerow(table.columns)
    for row in table.rows:
        written.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row.cells])
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.name}-{council}.csv"'
    patch_cache_control(response, private=True, no_store=True)
    return response
