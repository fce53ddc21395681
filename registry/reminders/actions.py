"""Climbing the ladders: each rung is written down once, together with the messages that tell of it."""

from __future__ import annotations

import datetime
import logging
from itertools import islice

from django.db import transaction

from registry.audit.actions import record
from registry.models import Reminder, ReminderMail
from registry.reminders.ladders import Due, Ladder, ladders
from registry.reminders.rules import windows

logger = logging.getLogger(__name__)

# The next minute takes the rest: a long transaction would hold back the sweeping of dead rows.
AT_ONCE = 500


def climb(today: datetime.date) -> int:
    """Send what falls due on every ladder; returns how many rungs were taken. May be run again at any moment."""
    return sum(
        _take(ladder, window.rung, due, today)
        for ladder in ladders()
        for window in windows(ladder.rungs, today)
        for due in islice(ladder.due(window), AT_ONCE)
    )


def _take(ladder: Ladder, rung: int, due: Due, today: datetime.date) -> bool:
    try:
        return _tell(ladder, rung, due, today)
    except Exception:
        # One record that cannot be told of is no reason to tell nobody.
        logger.exception("Reminder %s of %s failed", ladder.name, due.subject_id)
        return False


@transaction.atomic
def _tell(ladder: Ladder, rung: int, due: Due, today: datetime.date) -> bool:
    """The row is the claim: two workers that meet here wait for each other, and the second finds it taken.

    Row, messages and their tasks are one transaction: killed before its end nothing has happened, after it the mail
    is on its way and is put back by `run_due` if its worker dies.
    """
    reminder, is_new = Reminder.objects.get_or_create(
        ladder=ladder.name, subject_id=due.subject_id, due_on=due.due_on, rung=rung
    )
    if not is_new:
        return False
    mails = ladder.tell(due, rung, today)
    if not mails:
        # Nobody is there to be told. Somebody may join them before the rung is behind.
        reminder.delete()
        return False
    ReminderMail.objects.bulk_create(ReminderMail(reminder=reminder, mail=mail) for mail in mails)
    record("reminder.queued", by=None, target=reminder, provider_id=due.provider_id)
    return True
