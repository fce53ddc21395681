"""The demonstration, run as people run it; whose database it may be; and that it leaves nothing behind."""

import os
import signal
import sys
import time
import urllib.request
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from registry import children, demonstration
from registry.failures import Failure
from registry.management.commands import demo
from tests.registry.running import alive, free_port, own_folder, start


@pytest.fixture
def by_itself():
    """The order in which the steps of preparing are called, in place of the steps."""
    return []


@pytest.fixture
def steps(monkeypatch, settings, by_itself):
    settings.DEMO = True
    monkeypatch.setattr(demo, "call_command", lambda name, **options: by_itself.append(name))
    monkeypatch.setattr(demo.frontend, "build", lambda progress: by_itself.append("style"))
    monkeypatch.setattr(demo.demonstration, "claim", lambda reset: by_itself.append(f"claim {reset}"))
    monkeypatch.setattr(demo.demonstration, "serving", lambda: by_itself.append("serving"))
    return by_itself


def run(**options):
    said = StringIO()
    call_command("demo", stdout=said, stderr=said, **options)
    return said.getvalue()


def test_the_whole_demonstration_serves_and_leaves_nothing_behind():
    port = free_port()
    with own_folder() as data:
        first = start("manage.py", "demo", "--port", str(port), "--areas", "BA,BS,SN,SP,TA", data=data)
        said = []
        for line in first.stdout:
            said.append(line)
            if "/demo/mail/" in line:
                break
        assert f"http://127.0.0.1:{port}/demo/sign-in/provider/" in "".join(said), "".join(said)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as page:
            assert b"Nearhand" in page.read()
        os.killpg(first.pid, signal.SIGINT)
        rest, _ = first.communicate(timeout=60)
        assert first.returncode == 0, rest
        assert alive(data) == []
        assert not (data / "postgres" / "postmaster.pid").exists()


def test_each_step_of_preparing_is_taken_in_order(steps):
    assert "All is ready" in run(no_serve=True)
    assert steps[:4] == ["claim False", "migrate", "style", "load_postcodes"]
    assert steps[4:] == list(demo.SEEDS)


def test_it_begins_again_on_request(steps):
    run(no_serve=True, reset=True)
    assert steps[0] == "claim True"


def test_pages_go_without_their_style_where_it_cannot_be_made(steps, monkeypatch):
    def fail(progress):
        raise demo.frontend.NotBuilt("No npm.")

    monkeypatch.setattr(demo.frontend, "build", fail)
    assert "No npm. The pages go without their style." in run(no_serve=True)


def test_it_is_refused_without_its_settings(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="has to be started as"):
        run()


class Group:
    """Children that do as they are told."""

    ends = None

    def __init__(self, folder):
        self.started, self.stopped = [], False

    def start(self, name, command, environment):
        self.started.append((name, command, environment))

    def ended(self):
        return self.ends

    def stop(self):
        self.stopped = True


@pytest.fixture
def group(steps, monkeypatch):
    made = Group(None)
    monkeypatch.setattr(demo, "Children", lambda folder: made)
    monkeypatch.setattr(demo, "wait_for", lambda port, group: None)
    return made


def test_ctrl_c_stops_what_it_started(group, monkeypatch):
    def interrupt(seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(demo.time, "sleep", interrupt)
    port = free_port()
    said = run(port=port)
    assert group.stopped
    assert [name for name, _, _ in group.started] == ["web server", "worker"]
    assert group.started[0][2]["SITE_URL"] == f"http://127.0.0.1:{port}"
    assert "Stopping" in said


def test_a_server_that_ends_by_itself_stops_everything(group):
    group.ends = "worker"
    with pytest.raises(CommandError, match="The worker ended by itself"):
        run(port=free_port())
    assert group.stopped


def test_what_falls_due_is_done_each_minute_and_a_failure_is_told(group, steps, monkeypatch):
    now = iter([0, 61, 62, 125])

    def fail(name, **options):
        steps.append(name)
        if name == "run_due" and steps.count("run_due") == 2:
            group.ends = "worker"
            raise CommandError("Failed.")

    monkeypatch.setattr(demo, "call_command", fail)
    monkeypatch.setattr(demo.time, "monotonic", lambda: next(now))
    monkeypatch.setattr(demo.time, "sleep", lambda seconds: None)
    with pytest.raises(CommandError, match="The worker ended"):
        run(port=free_port())
    assert steps.count("run_due") == 2


def test_a_web_server_that_never_answers_is_given_up(monkeypatch):
    monkeypatch.setattr(demo, "PATIENCE", 0.5)
    with pytest.raises(CommandError, match="did not start"):
        demo.wait_for(free_port(), Group(None))


class TestWhoseDatabase:
    @pytest.fixture(autouse=True)
    def clean(self, db):
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")

    def test_an_empty_one_is_marked(self):
        demonstration.claim(reset=False)
        assert demonstration.is_demonstration()

    def test_a_registry_with_people_in_it_is_refused(self, operator):
        with pytest.raises(Failure, match="not a demonstration"):
            demonstration.claim(reset=True)
        assert not demonstration.is_demonstration()

    def test_a_demonstration_with_people_in_it_is_taken_up_again(self, request):
        demonstration.claim(reset=False)
        request.getfixturevalue("operator")
        demonstration.claim(reset=False)

    def test_beginning_again_empties_it_and_its_evidence(self, settings, tmp_path):
        settings.NEARHAND_DATA = tmp_path
        (tmp_path / "evidence").mkdir()
        demonstration.claim(reset=True)
        assert demonstration.is_empty()
        assert demonstration.is_demonstration()
        assert not (tmp_path / "evidence").exists()

    @pytest.mark.parametrize(
        ("lock", "words"), [(demonstration.PREPARING, "is preparing"), (demonstration.SERVING, "is being served")]
    )
    def test_one_that_another_process_is_at_is_left_alone(self, monkeypatch, lock, words):
        ask = demonstration._ask
        monkeypatch.setattr(
            demonstration,
            "_ask",
            lambda question, value: ask(question, value) and not (value == lock and "try" in question),
        )
        with pytest.raises(Failure, match=words):
            demonstration.claim(reset=True)

    def test_while_it_is_served_another_may_prepare_it(self):
        demonstration.claim(reset=False)
        demonstration.serving()


STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(90)"


def test_children_that_will_not_stop_are_ended(monkeypatch, tmp_path):
    monkeypatch.setattr(children, "GRACE", 0.2)
    group = children.Children(tmp_path)
    group.start("stubborn", [sys.executable, "-c", STUBBORN], {})
    group.start("brief", [sys.executable, "-c", ""], {})
    for _ in range(100):
        if group.ended():
            break
        time.sleep(0.1)
    assert group.ended() == "brief"
    stubborn = group.running["stubborn"]
    group.stop()
    assert stubborn.poll() is not None
    assert group.running == {}
