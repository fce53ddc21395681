"""Brings services from a table into the registry of one council."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from providers.open_referral.running import carry_in, importing_arguments, named_council
from providers.open_referral.table import COLUMNS
from providers.open_referral.table_in import CannotReadTable, table_rows
from providers.open_referral.table_out import example


class Command(BaseCommand):
    help = (
        "Import services from a CSV file, one a line, as any spreadsheet saves it. --example prints the header with a "
        "line to copy, and --columns what each column holds. May be run again: what is the same stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--example", action="store_true", help="print a table to begin with, and import nothing")
        parser.add_argument("--columns", action="store_true", help="print what each column holds, and import nothing")
        importing_arguments(parser, needed=False)

    def handle(self, *, file: Path | None, council: str, source: str, **options: Any) -> None:
        if options["example"]:
            csv.writer(self.stdout, lineterminator="\n").writerows(example())
        elif options["columns"]:
            for column in COLUMNS:
                self.stdout.write(f"{column.name}{' (needed)' if column.needed else ''}: {column.holds}")
        elif file is None or not council:
            raise CommandError("Say which file, and whose: import_csv FILE --council E06000054")
        else:
            home = named_council(council)
            named = source or f"a list of services in {home.name}"
            carry_in(self, table_rows(file), home, named, options, stops=(CannotReadTable,))
