"""A copy of the registry at scale, to try and to measure it with."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from providers.demonstration.scale import NoStock, fill, tidy


class Command(BaseCommand):
    help = (
        "Fills a demonstration with so many more services, on real postcodes, as thick as people live. "
        "Stopped half-way, it goes on when it is run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--services", type=int, required=True, metavar="N", help="how many services")
        parser.add_argument("--areas", default="", help="all of them in these postcode areas: LS,BD")

    def handle(self, *, services: int, areas: str, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("These providers are invented. Set DEMO=1 to have them.")
        if services < 1:
            raise CommandError("Ask for at least one service.")
        chosen = tuple(sorted(area.strip().upper() for area in areas.split(",") if area.strip()))
        if not all(area.isalpha() and len(area) <= 2 for area in chosen):
            raise CommandError("A postcode area is one or two letters, like LS or B.")
        with tqdm(desc="Services", total=services, disable=options["verbosity"] == 0) as bar:
            try:
                made = fill(services=services, postcode_areas=chosen, progress=bar.update)
            except NoStock:
                raise CommandError(
                    "There is nothing to copy: run load_postcodes and seed_providers first, or name other areas."
                ) from None
        tidy()
        self.stdout.write(f"{made:,} services are there beside the demonstration's own.")
