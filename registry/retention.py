"""How long the site keeps its own rows; the floors above add theirs. The privacy page prints the list."""

from __future__ import annotations

import datetime

from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from registry.mail.actions import KEPT, blank_old
from registry.models import Reminder
from registry.site import RetentionRule, add_retention_rule


def clear_sessions(today: datetime.date) -> int:
    """Sessions end at a moment, not on a day: what has ended by now goes."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def clear_finished_tasks(today: datetime.date) -> int:
    return DBTaskResult.objects.finished().filter(finished_at__date__lt=today - KEPT).delete()[0]


# Longer than any ladder is: a rung that was forgotten would be taken again.
REMINDERS_KEPT = datetime.timedelta(days=365)


def forget_reminders(today: datetime.date) -> int:
    return Reminder.objects.filter(due_on__lt=today - REMINDERS_KEPT).delete()[1].get("registry.Reminder", 0)


def register() -> None:
    add_retention_rule(
        RetentionRule(
            name="mail",
            what=_("The words and the address of an e-mail that we sent"),
            how_long=_("7 days after it was sent"),
            why=_("So that we can find out why a message did not arrive"),
            purge=blank_old,
        )
    )
    add_retention_rule(
        RetentionRule(
            name="sessions",
            what=_("That you are signed in"),
            how_long=_("Until you sign out, or for 14 days"),
            why=_("So that you do not have to sign in on every page"),
            purge=clear_sessions,
        )
    )
    add_retention_rule(
        RetentionRule(
            name="reminders",
            what=_("That we reminded you of something, and of which day (no words, no names)"),
            how_long=_("A year after that day"),
            why=_("So that nobody is reminded twice"),
            purge=forget_reminders,
        )
    )
    add_retention_rule(
        RetentionRule(
            name="tasks",
            what=_("That a job was done behind the scenes (numbers, no names)"),
            how_long=_("7 days"),
            why=_("So that we can find out why a job failed"),
            purge=clear_finished_tasks,
        )
    )
