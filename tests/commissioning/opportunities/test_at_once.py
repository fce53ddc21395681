"""Many at once, and workers killed: nothing is lost, and nothing is there twice."""

import datetime
import multiprocessing
import threading

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commissioning.models import Interest, Opportunity, OpportunityLetter
from commissioning.opportunities import interest_actions
from commissioning.opportunities.interest_actions import ClosedError
from registry.models import AuditEvent, OutgoingMail, User
from tests.commissioning.opportunities.makers import publish, write
from tests.providers.listings.makers import make_provider
from tests.registry.reminders import worker
from tests.registry.running import free_port

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 20


def in_threads(jobs):
    together = threading.Barrier(len(jobs))

    def run(job):
        together.wait()
        try:
            job()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_twenty_clients_at_the_closing_moment_are_in_before_it_or_told_that_it_is_over(
    requirement, commissioner, council
):
    opportunity = publish(commissioner, requirement)
    written = []
    for number in range(CLIENTS):
        user = User.objects.create_user(f"carer{number}@home.example", f"Carer {number}")
        provider = make_provider(council, f"Carer {number}", slug=f"carer-{number}")
        written.append((user, write(user, opportunity, provider, remarks=f"Mine, {number}")))
    heard = {}

    def client(number, user, interest):
        def press():
            try:
                interest_actions.send(by=user, interest=interest)
                heard[number] = "in"
            except ClosedError:
                heard[number] = "told"

        return press

    jobs = [client(number, *one) for number, one in enumerate(written)]
    # In the middle of the twenty presses: how many get in differs, that each is one or the other does not.
    closes = timezone.now() + datetime.timedelta(milliseconds=400)
    Opportunity.objects.filter(pk=opportunity.pk).update(questions_until=None, closes_at=closes)
    in_threads(jobs)
    assert len(heard) == CLIENTS
    for number, (_user, interest) in enumerate(written):
        interest.refresh_from_db()
        assert interest.draft["remarks"] == f"Mine, {number}"
        if heard[number] == "in":
            assert interest.sent_at < closes
            assert interest.answer["remarks"] == f"Mine, {number}"
        else:
            assert interest.sent_at is None
    went_in = list(heard.values()).count("in")
    assert Interest.objects.sent().count() == went_in
    assert AuditEvent.objects.filter(verb="interest.sent").count() == went_in


def test_two_presses_of_one_provider_make_one_answer(requirement, commissioner, council):
    opportunity = publish(commissioner, requirement)
    user = User.objects.create_user("carer@home.example", "Carer")
    provider = make_provider(council, "Carer", slug="carer")
    interest = write(user, opportunity, provider)
    in_threads([lambda: interest_actions.send(by=user, interest=interest)] * 4)
    assert AuditEvent.objects.filter(verb="interest.sent").count() == 1


@pytest.fixture
def processes():
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.registry.reminders.worker"])
    return context


def run(processes, port, die_at=None):
    told = processes.Queue()
    process = processes.Process(target=worker.work, args=(connection.settings_dict["NAME"], port, die_at, told))
    process.start()
    taken = told.get(timeout=120) if die_at is None else None
    process.join(timeout=120)
    return taken


def begin_again():
    for model in (OpportunityLetter, OutgoingMail, DBTaskResult):
        model.objects.all().delete()
    Opportunity.objects.update(field_told_at=None)


def test_a_worker_killed_at_any_write_tells_everybody_once(requirement, commissioner, field, processes):
    opportunity = publish(commissioner, requirement)
    for number, provider in enumerate(field.values()):
        user = User.objects.create_user(f"owner{number}@home.example", f"Owner {number}")
        provider.memberships.create(user=user, role="owner")
    wanted = sorted(user.email for user in User.objects.filter(email__startswith="owner"))
    port = free_port()
    begin_again()
    steps = run(processes, port)
    # Each step is a process of its own: every third, and those next to the letters, are enough here.
    near = {number for number, step in enumerate(steps) if "opportunity" in step.lower()}
    for number in sorted({*range(0, len(steps), max(1, len(steps) // 6)), *near}):
        begin_again()
        run(processes, port, die_at=number)
        DBTaskResult.objects.all().delete()
        run(processes, port)
        told = OutgoingMail.objects.filter(subject__startswith="Work you may").values_list("to", flat=True)
        assert sorted(told) == wanted, f"killed at {number}: {steps[number]}"
        assert Opportunity.objects.get(pk=opportunity.pk).field_told_at, number
