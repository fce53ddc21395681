"""Two commissioners who lock at the same moment, and workers who die at any of their steps."""

import hashlib
import multiprocessing
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commissioning.models import Requirement, Summary, SummaryPaper
from commissioning.models.summary_paper import LEASE
from commissioning.summaries.actions import lock_summary
from commissioning.summaries.render import PAPERS
from registry.models import AuditEvent
from tests.commissioning.summaries import worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_commissioners_who_lock_at_the_same_moment_make_one_summary(
    requirement, field, commissioner, second_commissioner
):
    together, made = threading.Barrier(2), []

    def lock(by):
        try:
            held = Requirement.objects.get(pk=requirement.pk)
            together.wait()
            made.append(lock_summary(by=by, requirement=held, now=timezone.now()))
        finally:
            connection.close()

    threads = [threading.Thread(target=lock, args=[by]) for by in (commissioner, second_commissioner)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2
    assert made[0] == made[1] == Summary.objects.get()
    assert {one.fingerprint for one in made} == {Summary.objects.get().fingerprint}
    assert SummaryPaper.objects.count() == DBTaskResult.objects.count() == len(PAPERS)
    assert AuditEvent.objects.filter(verb="summary.locked").count() == 1


@pytest.fixture
def processes():
    """Forked from one that has Django loaded already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.commissioning.summaries.worker"])
    return context


@pytest.fixture
def paper(lock):
    """The quickest of them: what is drilled is the same for all."""
    lock.papers.exclude(edition="easier-words").delete()
    return lock.papers.get()


def run(processes, store, *, die_at=None):
    """Start a worker and wait for its end; returns the steps of one that lived."""
    told = processes.Queue()
    given = (connection.settings_dict["NAME"], str(store), die_at, told)
    process = processes.Process(target=worker.work, args=given)
    process.start()
    taken = told.get(timeout=120) if die_at is None else None
    process.join(timeout=120)
    return taken


def begin_again(store):
    DBTaskResult.objects.all().delete()
    SummaryPaper.objects.update(file="", digest="", made_at=None, claimed_at=None, tries=0)
    for left in Path(store).rglob("*.pdf"):
        left.unlink()


def judge(paper, store, step):
    paper.refresh_from_db()
    assert paper.made_at is not None, step
    (only,) = Path(store).rglob("*.pdf")
    assert str(only).endswith(paper.file.name), step
    assert hashlib.sha256(only.read_bytes()).hexdigest() == paper.digest, step


def test_a_worker_killed_at_any_step_leaves_one_paper(processes, paper, settings):
    store = settings.STORAGES["default"]["OPTIONS"]["location"]
    begin_again(store)
    steps = run(processes, store)
    judge(paper, store, "nobody dies")
    assert "before a file" in steps
    for number, step in enumerate(steps):
        begin_again(store)
        run(processes, store, die_at=number)
        SummaryPaper.objects.filter(claimed_at__isnull=False).update(claimed_at=timezone.now() - 2 * LEASE)
        run(processes, store)
        judge(paper, store, f"{number} {step}")
