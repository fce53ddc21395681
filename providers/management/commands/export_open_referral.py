"""Writes the open register as Open Referral UK 3.0, to be read by any other system or brought into another copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from providers.open_referral.export import write_lines, write_pages


class Command(BaseCommand):
    help = (
        "Export every listed service in Open Referral UK 3.0. A DEST that ends in .ndjson becomes one file with a "
        "service a line; any other becomes a folder of pages."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dest", type=Path, metavar="DEST")

    def handle(self, *, dest: Path, **options: Any) -> None:
        write = write_lines if dest.suffix.lower() in (".ndjson", ".jsonl") else write_pages
        written = 0
        try:
            with tqdm(desc="Exporting services", unit="", disable=options["verbosity"] == 0) as bar:
                for more in write(dest, timezone.localdate()):
                    written += more
                    bar.update(more)
        except OSError as error:
            raise CommandError(f"{dest} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{written} services written to {dest}.")
