"""The embedded PostgreSQL is there for whoever connects, and gone with the last of them."""

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import psutil
import pytest

from registry.database import embedded
from registry.failures import DISK_FULL, Failure
from tests.registry.running import alive, manage, own_folder, start

CONNECT = """
import os, signal, sys, django
# A shell that starts the tests in the background has Ctrl-C ignored, and its children's children with it.
signal.signal(signal.SIGINT, signal.default_int_handler)
os.environ["DJANGO_SETTINGS_MODULE"] = "registry.settings"
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_database()")
    print(cursor.fetchone()[0], flush=True)
"""
STAY = CONNECT + "\nimport time\ntime.sleep(120)\n"


@pytest.fixture(scope="module")
def data():
    with own_folder() as folder:
        yield folder


def connect(data):
    process = start("-c", CONNECT, data=data)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said.strip()


def stay(data):
    """A process that holds the server until it is told to go."""
    process = start("-c", STAY, data=data)
    first = process.stdout.readline().strip()
    assert first == "nearhand", first + process.communicate(timeout=60)[0]
    return process


def gone(data):
    """Whether all that has to do with this folder ends within a few seconds."""
    for _ in range(100):
        if not alive(data):
            return True
        time.sleep(0.1)
    return False


def test_several_at_once_share_one_server_which_goes_with_the_last(data):
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda _: connect(data), range(3))) == ["nearhand"] * 3
    assert gone(data)
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_settings_start_nothing_and_write_nothing(tmp_path):
    code, said = manage("check", data=tmp_path / "none")
    assert code == 0, said
    assert not (tmp_path / "none").exists()


def test_one_who_leaves_does_not_stop_it_for_another_and_a_kill_leaves_it_to_the_next(data):
    one = stay(data)
    connect(data)
    assert alive(data)
    one.kill()
    one.communicate()
    # Nobody was left to stop it; the next one is the last.
    assert alive(data)
    connect(data)
    assert gone(data)


def test_ctrl_c_stops_it(data):
    one = stay(data)
    os.killpg(one.pid, signal.SIGINT)
    one.communicate(timeout=60)
    assert gone(data)


def test_a_server_that_was_killed_outright_recovers(data):
    one = stay(data)
    number = int((data / "postgres" / "postmaster.pid").read_text().split()[0])
    psutil.Process(number).kill()
    one.kill()
    one.communicate()
    assert connect(data) == "nearhand"
    assert gone(data)


def test_two_copies_run_side_by_side(data):
    one = stay(data)
    # A folder whose path is too long for a socket has its socket elsewhere, and leaves nothing there.
    other = data.parent / ("a" * 100)
    assert connect(other) == "nearhand"
    assert alive(data)
    assert not alive(other)
    assert not list(embedded._sockets(other / "postgres").parent.glob(embedded._sockets(other / "postgres").name))
    one.terminate()
    one.communicate()
    connect(data)
    assert gone(data)


def test_what_failed_and_what_was_asked_reach_no_log(data):
    ask = CONNECT + "\nwith connection.cursor() as cursor:\n    cursor.execute(\"SELECT 'BA1 1LZ'::integer\")\n"
    process = start("-c", ask, data=data)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "BA1 1LZ" in said
    log = (data / "postgres" / "log").read_text()
    assert "ready to accept connections" in log
    assert "BA1" not in log


def test_the_evidence_lies_where_only_its_owner_may_look(data):
    from registry.settings import STORAGES

    assert STORAGES["default"]["OPTIONS"]["directory_permissions_mode"] == 0o700
    assert STORAGES["default"]["OPTIONS"]["file_permissions_mode"] == 0o600
    assert (data / "postgres").stat().st_mode & 0o077 == 0
    assert data.stat().st_mode & 0o066 == 0


@pytest.mark.parametrize("content", ["", "not a number\n", "4194304\n", "ours\n"])
def test_a_number_that_belongs_to_no_server_is_forgotten(tmp_path, content):
    file = tmp_path / "postmaster.pid"
    file.write_text(content.replace("ours", str(os.getpid())))
    embedded._forget_stale_pid(file)
    assert not file.exists()


def test_a_number_that_belongs_to_a_server_is_kept(tmp_path, monkeypatch):
    file = tmp_path / "postmaster.pid"
    file.write_text("1\n")
    server = SimpleNamespace(name=lambda: "postgres", status=lambda: psutil.STATUS_SLEEPING)
    monkeypatch.setattr(psutil, "Process", lambda number: server)
    embedded._forget_stale_pid(file)
    assert file.exists()


def test_a_slow_recovery_is_waited_out_and_one_without_end_is_told(tmp_path, monkeypatch):
    answers = iter([1, 1, 0])
    monkeypatch.setattr(embedded.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=next(answers)))
    monkeypatch.setattr(embedded.time, "sleep", lambda seconds: None)
    assert embedded._answers(tmp_path)
    monkeypatch.setattr(embedded.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=1))
    with pytest.raises(Failure, match="still recovering"):
        embedded._answers(tmp_path)


def test_a_program_that_fails_is_told_in_a_sentence(settings, tmp_path):
    settings.NEARHAND_DATA = tmp_path
    with pytest.raises(Failure, match=r"^The embedded PostgreSQL failed \(pg_ctl: .*DATABASE_URL\.$"):
        embedded._run("pg_ctl", "start", "-D", "/nowhere")
    assert embedded._why("initdb", "could not write: No space left on device") == DISK_FULL
    assert "it said nothing" in embedded._why("initdb", "")


def test_a_missing_wheel_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(embedded.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Failure, match="uv sync"):
        embedded._binaries()


def test_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    code, said = manage("migrate", data=tmp_path / "file" / "data")
    assert code == 1
    assert said.strip() == (
        f"{tmp_path}/file/data cannot be made: name a folder of your own in NEARHAND_DATA, and run it again."
    )


class TestAsRoot:
    @pytest.fixture(autouse=True)
    def root(self, monkeypatch):
        monkeypatch.setattr(os, "geteuid", lambda: 0)

    def test_the_server_is_given_its_folder_and_a_way_to_it(self, tmp_path, monkeypatch, settings):
        given = []
        monkeypatch.setattr(os, "chown", lambda *arguments: given.append(arguments))
        monkeypatch.setattr(embedded, "_system_user", lambda: SimpleNamespace(pw_uid=7, pw_gid=8))
        above = tmp_path / "above"
        settings.NEARHAND_DATA = above / "data"
        settings.NEARHAND_DATA.mkdir(parents=True)
        above.chmod(0o700)
        embedded._hand_over(settings.NEARHAND_DATA)
        embedded._open_way()
        assert given == [(settings.NEARHAND_DATA, 7, 8)]
        assert above.stat().st_mode & 0o777 == 0o701
        assert embedded._as_user() == {"user": 7, "group": 8, "extra_groups": []}

    def test_its_user_is_made_or_asked_for(self, monkeypatch):
        made = []
        monkeypatch.setattr(embedded.pwd, "getpwnam", lambda name: {"made": made[-1]}["made"] if made else {}[name])
        monkeypatch.setattr(subprocess, "run", lambda command, **_: made.append(command[-1]))
        assert embedded._system_user() == "embedded_postgres"
        made.clear()
        monkeypatch.setattr(subprocess, "run", lambda command, **_: None)
        with pytest.raises(Failure, match="useradd embedded_postgres"):
            embedded._system_user()


def test_someone_who_is_not_root_needs_no_other_user(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert embedded._as_user() == {}
    embedded._hand_over(tmp_path / "nowhere")
    embedded._open_way()


def test_the_remains_of_a_killed_server_are_waited_for_and_then_told(tmp_path, monkeypatch):
    tries = []

    def fail(*arguments):
        tries.append(arguments)
        raise Failure("It failed.")

    monkeypatch.setattr(embedded, "_run", fail)
    monkeypatch.setattr(embedded.time, "sleep", lambda seconds: None)
    (tmp_path / "log").write_text("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use")
    with pytest.raises(Failure, match="end them"):
        embedded._start(tmp_path, tmp_path)
    assert len(tries) == embedded.STRAGGLERS
    (tmp_path / "log").write_text("FATAL:  something else")
    with pytest.raises(Failure, match=r"^It failed\.$"):
        embedded._start(tmp_path, tmp_path)
