"""The council's work of the demonstration registry. `demo` calls it; twice does no harm."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commissioning.demonstration import seed_commissioning
from commissioning.market.invented import seed_searches


class Command(BaseCommand):
    help = "Makes the invented requirements and the finished summary of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This work is invented. Set DEMO=1 to have it.")
        today = timezone.localdate()
        made = seed_commissioning(today)
        self.stdout.write(f"{made} requirements of the demonstration made.")
        self.stdout.write(f"{seed_searches(today)} searches that found nobody made.")
