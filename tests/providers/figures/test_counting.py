import datetime
import os
import subprocess
import sys
import threading
import time
import uuid
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from providers.figures import counting, retention
from providers.figures.counting import count, flush
from providers.figures.rules import monday_of
from providers.models import Provider, WeeklyFigure
from tests.cast import sign_in
from tests.providers.listings.makers import comes_from, listed, make_provider, make_service

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"}


@pytest.fixture(autouse=True)
def alarms(monkeypatch):
    """No thread of a test writes behind its back: the alarms that were set are kept here instead."""
    kept = []

    class Alarm:
        def __init__(self, seconds, action):
            self.seconds, self.action = seconds, action

        def start(self):
            kept.append(self)

    monkeypatch.setattr(counting.threading, "Timer", Alarm)
    # A thread's connection ends with it; here it is the test's own.
    monkeypatch.setattr(counting, "connections", SimpleNamespace(close_all=lambda: None))
    monkeypatch.setattr(counting, "_alarm", None)
    counting.forget()
    yield kept
    counting.forget()


@pytest.fixture
def ana(council, postcodes):
    provider = make_provider(council)
    comes_from(make_service(provider, categories=["cooking"]))
    listed(provider)
    return provider


def figures_of(provider):
    return list(WeeklyFigure.objects.filter(provider=provider).values_list("found", "opened"))


def test_counts_are_added_to_what_the_week_has(ana):
    count([ana.pk, ana.pk], "found")
    count([ana.pk], "opened")
    assert flush() == 1
    count([ana.pk], "found")
    flush()
    assert figures_of(ana) == [(2, 1)]
    assert WeeklyFigure.objects.get().week == monday_of(timezone.localdate())
    assert flush() == 0


def test_rule_17_finding_and_opening_write_nothing_until_the_flush(client, ana):
    with CaptureQueriesContext(connection) as asked:
        client.get("/find/", {"postcode": "BA1 1LZ", "need": "cook"}, headers=BROWSER)
        client.get(f"/providers/{ana.slug}/", headers=BROWSER)
    # A search also says how long it may take, inside a transaction of its own.
    harmless = ("SELECT", "WITH", "SAVEPOINT", "RELEASE SAVEPOINT", "SET ")
    assert [query["sql"] for query in asked if not query["sql"].lstrip("( \n").startswith(harmless)] == []
    assert figures_of(ana) == []
    flush()
    assert figures_of(ana) == [(1, 1)]


@pytest.mark.parametrize("headers", [{}, {"User-Agent": "Googlebot/2.1"}, {**BROWSER, "Sec-Purpose": "prefetch"}])
def test_robots_and_browsers_that_look_ahead_are_not_counted(client, ana, headers):
    client.get(f"/providers/{ana.slug}/", headers=headers)
    client.head(f"/providers/{ana.slug}/", headers=BROWSER)
    assert flush() == 0


def test_those_who_run_it_are_not_counted(client, provider, provider_user, checker):
    listed(provider)
    address = f"/providers/{provider.slug}/"
    sign_in(client, provider_user).get(address, headers=BROWSER)
    assert flush() == 0
    sign_in(client, checker).get(address, headers=BROWSER)
    assert flush() == 1


def test_one_alarm_is_set_for_a_minute_and_writes(ana, alarms):
    count([ana.pk], "found")
    count([ana.pk], "found")
    assert [alarm.seconds for alarm in alarms] == [60]
    alarms[0].action()
    assert figures_of(ana) == [(2, 0)]
    count([ana.pk], "found")
    assert len(alarms) == 2


def test_what_could_not_be_written_is_tried_again(ana, alarms, monkeypatch, caplog):
    def broken(counted):
        raise OperationalError

    count([ana.pk], "found")
    with monkeypatch.context() as patched:
        patched.setattr(counting, "add_up", broken)
        alarms[0].action()
        counting._flush_at_the_end()
    assert "could not be written" in caplog.text
    assert "are lost" in caplog.text
    assert len(alarms) == 2
    counting._flush_at_the_end()
    assert figures_of(ana) == [(1, 0)]


def test_memory_is_bounded(ana, monkeypatch):
    monkeypatch.setattr(counting, "MOST_KEPT", 1)
    count([ana.pk], "found")
    count([uuid.uuid4()], "found")
    count([ana.pk], "found")
    assert flush() == 1
    assert figures_of(ana) == [(2, 0)]


def test_one_who_is_gone_or_has_left_gets_no_row(ana, council):
    left = make_provider(council, "Left")
    Provider.every.filter(pk=left.pk).update(left_at=timezone.now())
    count([ana.pk, left.pk, uuid.uuid4()], "found")
    flush()
    assert WeeklyFigure.objects.get().provider == ana


def test_many_threads_lose_nothing(ana):
    def many():
        for _ in range(500):
            count([ana.pk], "found")

    threads = [threading.Thread(target=many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    flush()
    assert figures_of(ana) == [(4000, 0)]


def test_figures_go_after_two_years(ana):
    today = timezone.localdate()
    for days in (0, 700, 800):
        WeeklyFigure.objects.create(provider=ana, week=monday_of(today - datetime.timedelta(days=days)), found=1)
    assert retention.purge_figures(today) == 1
    assert retention.purge_figures(today) == 0


def test_the_page_shows_twelve_weeks(client, provider, provider_user):
    this_week = monday_of(timezone.localdate())
    WeeklyFigure.objects.create(provider=provider, week=this_week, found=40, opened=4)
    WeeklyFigure.objects.create(provider=provider, week=this_week - datetime.timedelta(days=84), found=1000, opened=9)
    text = sign_in(client, provider_user).get(reverse("my_figures", args=[provider.slug])).text
    assert "in about 40 searches, and your page was opened about 4 times" in text
    assert text.count('scope="row"') == 12
    assert "1000" not in text


def test_a_page_without_figures_says_so(client, provider, provider_user):
    text = sign_in(client, provider_user).get(reverse("my_figures", args=[provider.slug])).text
    assert "Nobody has found or opened your page" in text


def test_counting_costs_next_to_nothing():
    ids = [uuid.uuid4() for _ in range(20)]
    begin = time.perf_counter()
    for _ in range(100):
        count(ids, "found")
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_a_worker_that_is_told_to_stop_writes_what_it_counted(start, tmp_path):
    """Web servers fork or spawn their workers; neither may end without its last minute."""
    said = tmp_path / "said"
    program = f"""
import multiprocessing, pathlib

def work():
    import django
    django.setup()
    from providers.figures import counting
    counting.add_up = lambda counted: pathlib.Path({str(said)!r}).write_text(str(len(counted)))
    counting.count(["one", "two"], "found")

if __name__ == "__main__":
    worker = multiprocessing.get_context({start!r}).Process(target=work)
    worker.start()
    worker.join()
"""
    script = tmp_path / "server.py"
    script.write_text(program)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "registry.settings", "PYTHONPATH": str(settings.BASE_DIR)}
    subprocess.run([sys.executable, str(script)], env=environment, check=True, cwd=tmp_path)
    assert said.read_text() == "2"
