"""The people of the demonstration registry. `demo` calls it; twice does no harm."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.accounts.demo import seed_people


class Command(BaseCommand):
    help = "Makes the invented people and the three councils of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("These people are invented, and sign in with one click. Set DEMO=1 to have them.")
        made = seed_people(today=timezone.localdate())
        self.stdout.write(f"{made} people of the demonstration are there.")
