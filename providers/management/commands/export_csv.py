"""Writes the open register as a table, with the columns that `import_csv` reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from providers.open_referral.table_out import write_table


class Command(BaseCommand):
    help = "Export every service of the open register as CSV, one a line, safe to open in a spreadsheet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dest", type=Path, metavar="DEST")

    def handle(self, *, dest: Path, **options: Any) -> None:
        try:
            rows = write_table(dest, timezone.localdate())
            written = sum(tqdm(rows, desc="Exporting services", unit="", disable=options["verbosity"] == 0))
        except OSError as error:
            raise CommandError(f"{dest} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{written} services written to {dest}.")
