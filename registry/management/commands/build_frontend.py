"""Fetch and compile the style sheet."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry import frontend


class Command(BaseCommand):
    help = "Fetch GOV.UK Frontend with npm and compile the style sheet."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            was_built = frontend.build(self.stdout.write)
        except frontend.NotBuilt as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("The style sheet is ready." if was_built else "The style sheet was up to date.")
