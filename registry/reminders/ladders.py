"""The ladders that the floors above hand down: what falls due, at which rungs, and who is told."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from registry.models import OutgoingMail, Reminder
from registry.reminders.rules import Window

SENTENCES = {"reminder.queued": _("Reminded someone of what falls due")}


@dataclass(frozen=True)
class Due:
    subject_id: uuid.UUID
    due_on: datetime.date
    provider_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Ladder:
    """`rungs` are days before the day it leads to, 0 being that day itself.

    `due(window)` gives what falls due in the window and has not had that rung (`not_reminded`, `known_before`).
    `tell(due, rung, today)` queues the messages and returns them; none, where there is nobody to tell.
    """

    name: str
    rungs: Sequence[int]
    due: Callable[[Window], Iterable[Due]]
    tell: Callable[[Due, int, datetime.date], Sequence[OutgoingMail]]


_ladders: dict[str, Ladder] = {}


def register(ladder: Ladder) -> None:
    _ladders[ladder.name] = ladder


def ladders() -> list[Ladder]:
    return list(_ladders.values())


def not_reminded(ladder: str, window: Window, *, subject: str, due_on: str) -> Q:
    """A condition for the query of `due`: the names are those of its columns (or annotations)."""
    taken = Reminder.objects.filter(
        ladder=ladder, rung=window.rung, subject_id=OuterRef(subject), due_on=OuterRef(due_on)
    )
    return ~Q(Exists(taken))


def known_before(window: Window, *, since: str, due_on: str) -> Q:
    """A condition that leaves out rungs whose day had come when the thing was first known.

    Whoever has just typed a date need not be reminded of it. `since` names a column of moments.
    """
    return Q(**{f"{since}__date__lt": F(due_on) - datetime.timedelta(days=window.rung)})
