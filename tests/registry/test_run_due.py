"""What falls due is done each minute, by one run at a time, and one failure stops nothing else."""

import datetime
from io import StringIO

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from registry.mail.actions import queue
from registry.management.commands import run_due
from registry.models import OutgoingMail
from registry.site import RetentionRule, retention_rules

DAY = datetime.timedelta(days=1)


def run():
    said = StringIO()
    call_command("run_due", stdout=said)
    return said.getvalue()


def rule(name, purge):
    return RetentionRule(name=name, what="", how_long="", why="", purge=purge)


def test_lost_mail_is_asked_for_again_but_not_while_it_waits(db):
    queue(to="maggie@example.org", subject="Hello", body="Words")
    assert run() == ""
    DBTaskResult.objects.all().delete()
    assert run() == "put back overdue mail: 1\n"
    assert run() == ""
    assert DBTaskResult.objects.count() == 1


def test_old_mail_is_blanked_and_younger_mail_kept(db):
    old, young, given_up = (queue(to="maggie@example.org", subject="Hello", body="Words") for _ in range(3))
    now = timezone.now()
    OutgoingMail.objects.filter(pk=old.pk).update(sent_at=now - 9 * DAY)
    OutgoingMail.objects.filter(pk=given_up.pk).update(given_up_at=now - 9 * DAY)
    OutgoingMail.objects.filter(pk=young.pk).update(sent_at=now - 6 * DAY)
    assert "retention of mail: 2\n" in run()
    assert list(OutgoingMail.objects.exclude(to="").values_list("pk", flat=True)) == [young.pk]
    assert OutgoingMail.objects.get(pk=old.pk).body == ""
    assert "retention of mail" not in run()


def test_ended_sessions_and_old_tasks_go(db):
    now = timezone.now()
    Session.objects.create(session_key="ended", expire_date=now - DAY)
    Session.objects.create(session_key="runs", expire_date=now + DAY)
    queue(to="maggie@example.org", subject="Hello", body="Words")
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=now - 9 * DAY)
    OutgoingMail.objects.update(sent_at=now)
    said = run()
    assert "retention of sessions: 1\n" in said
    assert "retention of tasks: 1\n" in said
    assert Session.objects.get().session_key == "runs"
    assert not DBTaskResult.objects.exists()


def test_one_rule_that_fails_stops_no_other(db, monkeypatch, caplog):
    def broken(today):
        OutgoingMail.objects.all().delete()
        raise ValueError("maggie@example.org")

    done = []
    kept = queue(to="maggie@example.org", subject="Hello", body="Words")
    rules = [rule("broken", broken), rule("sound", lambda today: done.append(today) or 3)]
    monkeypatch.setattr(run_due, "retention_rules", lambda: rules)
    with pytest.raises(CommandError, match="tried again next time: retention of broken"):
        run()
    assert done == [timezone.localdate()]
    assert OutgoingMail.objects.filter(pk=kept.pk).exists()


def test_a_job_that_another_run_is_at_is_left_to_it(db, monkeypatch):
    done = []
    monkeypatch.setattr(run_due, "retention_rules", lambda: [rule("slow", lambda today: done.append(today) or 1)])
    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context"):
        parameters.pop(name, None)
    with psycopg.connect(**parameters) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [run_due.zlib.crc32(b"retention of slow")])
        assert run() == ""
    assert done == []
    assert run() == "retention of slow: 1\n"


def test_the_sites_own_rules_say_what_how_long_and_why():
    own = {rule.name: rule for rule in retention_rules()}
    assert {"mail", "sessions", "tasks"} <= set(own)
    assert all(str(rule.what) and str(rule.how_long) and str(rule.why) for rule in own.values())
