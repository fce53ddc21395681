"""A rung is taken once, with its messages; what fails alone fails alone."""

import datetime
import logging
import uuid

import pytest

from registry.mail.actions import queue
from registry.models import AuditEvent, OutgoingMail, Reminder
from registry.reminders import ladders
from registry.reminders.actions import climb
from registry.reminders.ladders import Due, Ladder

TODAY = datetime.date(2026, 3, 1)


@pytest.fixture
def things(monkeypatch):
    """A ladder of its own: what falls due is whatever the test puts into the list, and who is told of it."""
    monkeypatch.setattr(ladders, "_ladders", {})
    found = {}

    def due(window):
        inside = [thing for thing in found if window.first <= thing.due_on <= window.last]
        return [thing for thing in inside if not Reminder.objects.filter(subject_id=thing.subject_id, rung=window.rung)]

    def tell(thing, rung, today):
        if found[thing] is None:
            raise ValueError("cannot be told")
        return [queue(to=address, subject=f"{rung} days", body="Words") for address in found[thing]]

    ladders.register(Ladder("things", (30, 7, 0), due, tell))
    return found


def thing(days):
    return Due(uuid.uuid4(), TODAY + datetime.timedelta(days=days))


def test_each_rung_is_told_once_to_everybody(things, db):
    things[thing(20)] = ["a@example.org", "b@example.org"]
    assert climb(TODAY) == 1
    assert climb(TODAY) == 0
    assert climb(TODAY + datetime.timedelta(days=14)) == 1
    assert sorted(OutgoingMail.objects.values_list("to", "subject")) == [
        ("a@example.org", "30 days"),
        ("a@example.org", "7 days"),
        ("b@example.org", "30 days"),
        ("b@example.org", "7 days"),
    ]
    assert AuditEvent.objects.filter(verb="reminder.queued").count() == 2


def test_a_rung_that_somebody_else_took_meanwhile_is_left(things, db, monkeypatch):
    one = thing(20)
    things[one] = ["a@example.org"]
    Reminder.objects.create(ladder="things", subject_id=one.subject_id, due_on=one.due_on, rung=30)
    monkeypatch.setattr(ladders, "_ladders", {"things": Ladder("things", (30,), lambda window: [one], None)})
    assert climb(TODAY) == 0
    assert not OutgoingMail.objects.exists()


def test_where_nobody_is_told_nothing_is_written_down(things, db):
    things[thing(20)] = []
    assert climb(TODAY) == 0
    assert not Reminder.objects.exists()


def test_one_that_cannot_be_told_of_holds_up_no_other(things, db, caplog):
    things[thing(20)] = None
    things[thing(21)] = ["a@example.org"]
    with caplog.at_level(logging.CRITICAL):
        assert climb(TODAY) == 1
    assert Reminder.objects.count() == 1
