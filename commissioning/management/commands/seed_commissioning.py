"""The council's work of the demonstration registry. `demo` calls it; twice does no harm."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commissioning.demonstration import seed_commissioning


class Command(BaseCommand):
    help = "Makes the invented requirements and the finished summary of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This work is invented. Set DEMO=1 to have it.")
        made = seed_commissioning(timezone.localdate())
        self.stdout.write(f"{made} requirements of the demonstration made.")
