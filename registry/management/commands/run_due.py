"""What has fallen due: run each minute, by cron or a timer. Two at once, or one killed half-way, do no harm."""

from __future__ import annotations

import datetime
import logging
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from registry.mail.actions import put_back_overdue
from registry.reminders.actions import climb
from registry.site import due_jobs, retention_rules

logger = logging.getLogger(__name__)

# Clocks of two machines are never quite equal; an hour would remind, and delete, on the wrong day.
MOST_APART = datetime.timedelta(minutes=10)


class Command(BaseCommand):
    help = "Reminds, sends overdue mail again, and ends what is past its time. Run it each minute."

    def handle(self, *args: Any, **options: Any) -> None:
        if (apart := clocks_apart()) > MOST_APART:
            raise CommandError(
                f"This machine's clock and the database's are {apart} apart. Nothing was done, since some of it cannot "
                "be undone: set the clocks right."
            )
        today = timezone.localdate()
        jobs: dict[str, Callable[[], int]] = {
            "put back overdue mail": put_back_overdue,
            "reminders": partial(climb, today),
            **due_jobs(),
        }
        for rule in retention_rules():
            jobs[f"retention of {rule.name}"] = partial(rule.purge, today)
        failed = [name for name, job in jobs.items() if not self.do(name, job)]
        if failed:
            raise CommandError(f"Failed, and tried again next time: {', '.join(failed)}.")

    def do(self, name: str, job: Callable[[], int]) -> bool:
        """One job in its own transaction: that one fails is no reason for the next to wait."""
        try:
            with transaction.atomic():
                done = job() if my_turn(name) else 0
        except Exception:
            logger.exception("run_due: %s", name)
            return False
        if done:
            self.stdout.write(f"{name}: {done}")
        return True


def clocks_apart() -> datetime.timedelta:
    """How far this machine's clock is from the database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime.datetime = cursor.fetchone()[0]
    return abs(timezone.now() - theirs)


def my_turn(name: str) -> bool:
    """Whether no other run is at this job; held until the transaction ends, so a killed run holds nothing up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
        return bool(cursor.fetchone()[0])
