"""What is on the page, as a file that a spreadsheet opens. What the council wrote for itself is not in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from commissioning.sourcing.search.field import FieldSearch
from commissioning.sourcing.search.shown import FieldRow
from providers.credentials.wording import day
from providers.own_data.rules import harmless

Cells = list[str]
WIDTH = 28


def as_csv(search: FieldSearch) -> bytes:
    """With the mark by which Excel knows UTF-8."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerows([harmless(cell) for cell in cells] for cells in lines_of(search.rows))
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(search: FieldSearch) -> bytes:
    """Two sheets: the services, and how they were found. Every cell is text: none is a formula or a link."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, lines in ((_("Services"), lines_of(search.rows)), (_("How they were found"), story_of(search))):
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 20, WIDTH)
            sheet.freeze_panes(1, 0)
            for row, cells in enumerate(lines):
                for column, cell in enumerate(cells):
                    sheet.write_string(row, column, cell, wrapped if row else bold)
    return file.getvalue()


def lines_of(rows: Iterable[FieldRow]) -> list[Cells]:
    return [headings(), *map(line_of, rows)]


def headings() -> Cells:
    return [
        _("Provider"),
        _("Service"),
        _("Legal form"),
        _("Run by its members"),
        _("People"),
        _("Base"),
        _("Where they go"),
        _("When"),
        _("Hours free"),
        _("Space"),
        _("Price"),
        _("Who can pay"),
        _("Registration"),
        _("Seen by a council"),
        _("Said to be held, seen by no council"),
        _("Not known of what was asked"),
        _("Last confirmed"),
        _("Taken from"),
        _("Version"),
    ]


def line_of(row: FieldRow) -> Cells:
    card = row.result
    return [
        card.provider_name,
        card.name,
        row.legal_form,
        row.members,
        row.size,
        row.base,
        "; ".join(card.why),
        card.when,
        row.hours,
        card.space,
        card.price or _("Not known"),
        ", ".join(card.payers) or _("Not known"),
        card.regulation,
        "\n".join(card.checks.current),
        "\n".join(row.unseen),
        "\n".join(row.unknown),
        row.confirmed,
        card.source,
        str(row.found.version),
    ]


def story_of(search: FieldSearch) -> list[Cells]:
    """The funnel, as the page has it."""
    asked = [_("Condition"), _("Meet it"), _("Do not yet"), _("Not known"), _("Left after it"), _("Back without it")]
    steps = [
        [line.words, *map(str, (at.fits, at.not_yet, at.not_known, at.left, at.alone))]
        for line in search.lines
        for at in [line.step]
    ]
    found = _("%(area)s, on %(day)s: found") % {"area": search.area_words, "day": day(search.today)}
    return [asked, [found, "", "", "", search.found_words, ""], *steps]
