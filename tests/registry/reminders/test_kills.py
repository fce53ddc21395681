"""Workers are killed at every step of the ladder. Counted at a real mail server: nothing is lost, and a message comes
twice only if its worker died between the server's 250 and our commit, and then under the same Message-ID."""

import datetime
import multiprocessing
from collections import defaultdict
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from providers.models import Credential
from registry.models import OutgoingMail, Reminder
from registry.models.outgoing_mail import LEASE
from tests.factories.registrations import register_provider
from tests.registry.reminders import worker
from tests.registry.running import free_port

ENDS_IN = {"public_liability": 30, "first_aid": 60}
# How a step is called after which the server has the message and our row does not say so.
ANSWERED = "after the mail server's answer"


class Sink:
    """The far end: keeps every message that it has said 250 to."""

    def __init__(self):
        self.came = []

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=default)
        self.came.append((envelope.rcpt_tos[0], str(message["Subject"]).strip(), str(message["Message-ID"])))
        return "250 taken"


@pytest.fixture
def sink():
    handler = Sink()
    handler.port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def processes():
    """Forked from one that has Django loaded already: a hundred workers would take minutes to start otherwise."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.registry.reminders.worker"])
    return context


@pytest.fixture
def ending(transactional_db, council, postcodes, provider_user):
    """Two papers that stand on a rung today."""
    register_provider(provider_user)
    for kind, days in ENDS_IN.items():
        ends_on = timezone.localdate() + datetime.timedelta(days=days)
        Credential.every.filter(kind=kind).update(
            created_at=timezone.now() - datetime.timedelta(days=400),
            starts_on=ends_on - datetime.timedelta(days=364),
            ends_on=ends_on,
        )
    begin_again()


def begin_again():
    """As on the morning of the day: nothing reminded of, nothing in the queue."""
    for model in (Reminder, OutgoingMail, DBTaskResult):
        model.objects.all().delete()


def run(processes, sink, *, die_at=None, workers=1):
    """Start workers and wait for their end; returns the steps of the one that lived."""
    told = processes.Queue()
    database = connection.settings_dict["NAME"]
    started = [processes.Process(target=worker.work, args=(database, sink.port, die_at, told)) for _ in range(workers)]
    for process in started:
        process.start()
    taken = told.get(timeout=120) if die_at is None else None
    for process in started:
        process.join(timeout=120)
    return taken


def leases_run_out():
    """Ten minutes later."""
    OutgoingMail.objects.filter(claimed_at__isnull=False).update(claimed_at=timezone.now() - LEASE * 2)


def ids_of(sink):
    ids = defaultdict(list)
    for to, subject, message_id in sink.came:
        ids[to, subject].append(message_id)
    return dict(ids)


def wanted():
    return {
        ("rosie@example.com", "Public liability insurance £5 million ends in 30 days"),
        ("rosie@example.com", "First aid, held by the one person who does the work ends in 60 days"),
    }


def judge(sink, step):
    """One of each, but for the one case."""
    ids = ids_of(sink)
    assert set(ids) == wanted(), step
    twice = [given for given in ids.values() if len(given) > 1]
    assert all(len(set(given)) == 1 for given in ids.values()), step
    assert Reminder.objects.count() == len(wanted()), step
    assert OutgoingMail.objects.filter(sent_at__isnull=False).count() == len(wanted()), step
    return len(twice)


@pytest.mark.usefixtures("ending")
def test_a_worker_killed_at_any_step_loses_nothing_and_doubles_only_what_was_answered(processes, sink, capsys):
    steps = run(processes, sink)
    assert judge(sink, "nobody dies") == 0
    doubled = []
    for number, step in enumerate(steps):
        begin_again()
        sink.came.clear()
        run(processes, sink, die_at=number)
        leases_run_out()
        run(processes, sink)
        doubled += [number] * judge(sink, f"{number} {step}")
    may_double = between_answer_and_commit(steps)
    assert set(doubled) <= may_double
    assert doubled, "the drill never reached the moment that it is about"
    with capsys.disabled():
        print(
            f"\nkilled at {len(steps)} steps: {len(steps) * len(wanted())} reminders due, 0 lost, "
            f"{len(doubled)} came twice, each between 250 and commit and under the same Message-ID"
        )


def between_answer_and_commit(steps):
    """From the server's 250 to the statement that says the message is sent."""
    between, answered = set(), False
    for number, step in enumerate(steps):
        answered = answered or step == ANSWERED
        if answered:
            between.add(number)
        # Outside a transaction the statement is its own commit.
        if step.startswith("before UPDATE"):
            answered = False
    return between


@pytest.mark.usefixtures("ending")
def test_two_workers_at_once_send_each_message_once(processes, sink):
    run(processes, sink, workers=2)
    leases_run_out()
    run(processes, sink)
    assert judge(sink, "two at once") == 0
