"""Opens the registry of one of the 212 councils."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from registry.accounts.council_actions import switch_on_council
from registry.models import Council


class Command(BaseCommand):
    help = "Switches a council on by its ONS code, like E06000022."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")

    def handle(self, *args: Any, **options: Any) -> None:
        council = Council.objects.filter(pk=options["code"].upper()).first()
        if council is None:
            raise CommandError(f"No council has the code {options['code']}. Codes look like E06000022.")
        switch_on_council(council=council, today=timezone.localdate(), by=None)
        self.stdout.write(f"{council.name} is switched on.")
