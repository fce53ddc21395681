"""The invented providers of the demonstration registry."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from providers.demonstration.seeding import NoPlaces, is_there, seed


class Command(BaseCommand):
    help = "Makes the invented providers of the demonstration, on real postcodes. Run it again: it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--providers", type=int, default=900, metavar="N", help="how many (default: 900)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("These providers are invented. Set DEMO=1 to have them.")
        if is_there():
            self.stdout.write("The invented providers are there already.")
            return
        quiet = options["verbosity"] == 0
        with tqdm(range(options["providers"]), desc="Providers", unit="", disable=quiet) as progress:
            try:
                made = seed(count=options["providers"], today=timezone.localdate(), progress=progress)
            except NoPlaces:
                raise CommandError("There are no postcodes yet: run load_postcodes first.") from None
        self.stdout.write(f"{made} invented providers.")
