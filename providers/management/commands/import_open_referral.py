"""Brings a file of an Open Referral UK 3.0 feed into the registry of one council."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from providers.open_referral.actions import Import, import_services
from registry.accounts.council_actions import switch_on_council
from registry.models import Council


class Command(BaseCommand):
    help = "Import services from a page of Open Referral UK 3.0 (JSON). May be run again: what is the same stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--council", required=True, metavar="CODE", help="ONS code of the council, like S12000036")
        parser.add_argument("--publish", action="store_true", help="let the public find them at once")
        parser.add_argument("--source", default="", help="where the file comes from, as every page of it will say")

    def handle(self, *, file: Path, council: str, publish: bool, source: str, **options: Any) -> None:
        home = Council.objects.filter(pk=council.upper()).first()
        if home is None:
            raise CommandError(f"No council has the code {council}. Codes look like S12000036.")
        rows = services_in(file)
        switch_on_council(council=home, today=timezone.localdate(), by=None)
        run = Import(home, source or f"an Open Referral UK list of services in {home.name}", publish, timezone.now())
        with tqdm(desc="Importing services", total=len(rows), disable=options["verbosity"] == 0) as bar:
            import_services(rows=rows, run=run, progress=bar.update)
        for reason in run.refused:
            self.stderr.write(reason)
        self.stdout.write(
            f"{len(rows)} services read: {run.added} new, {run.changed} changed, {run.unchanged} as they were, "
            f"{len(run.refused)} not taken."
        )


def services_in(file: Path) -> list[Any]:
    try:
        page = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{file} is not JSON in UTF-8. Nothing was imported.") from error
    contents = page.get("contents") if isinstance(page, dict) else None
    if not isinstance(contents, list):
        raise CommandError(f"{file} is not a page of Open Referral UK: it has no list called contents.")
    return contents
