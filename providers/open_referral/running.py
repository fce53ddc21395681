"""What the commands that bring rows in have in common: their options, their report, when they switch a council on."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from providers.listings.meanings import write_meanings_of_few
from providers.open_referral.actions import AlreadyRunningError, Import, import_services
from registry.accounts.council_actions import switch_on_council
from registry.models import Council


def importing_arguments(parser: argparse.ArgumentParser, *, needed: bool = True) -> None:
    parser.add_argument(
        "--council", required=needed, default="", metavar="CODE", help="ONS code of the council, like S12000036"
    )
    parser.add_argument("--publish", action="store_true", help="let the public find them at once")
    parser.add_argument("--source", default="", help="where the rows come from, as every page of them will say")


def named_council(code: str) -> Council:
    found = Council.objects.filter(pk=code.upper()).first()
    if found is None:
        raise CommandError(f"No council has the code {code}. Codes look like S12000036.")
    return found


def carry_in(
    command: BaseCommand,
    rows: Iterator[Any],
    home: Council,
    source: str,
    options: dict[str, Any],
    *,
    stops: tuple[type[Exception], ...],
) -> None:
    """Run the import and say what became of every row. A source that cannot be read at all changes nothing."""
    run = Import(
        council=home,
        source=source[:200],
        publish=options["publish"],
        now=timezone.now(),
        today=timezone.localdate(),
        refuse=command.stderr.write,
    )
    try:
        first = list(itertools.islice(rows, 1))
        if not first:
            raise CommandError("There is no service in it. Nothing was changed.")
        switch_on_council(council=home, today=run.today, by=None)
        with tqdm(desc="Importing services", unit="", disable=options["verbosity"] == 0) as bar:
            import_services(rows=itertools.chain(first, rows), run=run, progress=bar.update)
        if run.publish:
            write_meanings_of_few()
    except AlreadyRunningError:
        raise CommandError(f"Another import of {run.source} is at work. Wait until it has ended.") from None
    except stops as error:
        raise CommandError(str(error)) from error
    finally:
        if run.read:
            command.stdout.write(_told(run))


def _told(run: Import) -> str:
    ended = f"{run.ended} taken off because their source says so, " if run.ended else ""
    return (
        f"{run.read} services read: {run.added} new, {run.changed} changed, {run.unchanged} as they were, {ended}"
        f"{run.refused} not taken."
    )
