"""Writes the search's rows where they are missing, or all of them anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from providers.listings.entries import AT_ONCE, refresh
from providers.models import Listing


class Command(BaseCommand):
    help = "Write the search rows of listed services that have none. One that was stopped goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="write those that are there anew too")

    def handle(self, *, all: bool, **options: Any) -> None:
        listed = Listing.listed.all() if all else Listing.listed.filter(search_row__isnull=True)
        # Read whole before the first row is written: ids of providers, sixteen bytes each.
        providers = list(listed.order_by("provider").values_list("provider", flat=True).distinct())
        written = 0
        with tqdm(desc="Writing search rows", total=len(providers), disable=options["verbosity"] == 0) as bar:
            for start in range(0, len(providers), AT_ONCE):
                batch = providers[start : start + AT_ONCE]
                written += refresh(providers=batch)
                bar.update(len(batch))
        self.stdout.write(f"{written} services can be found.")
