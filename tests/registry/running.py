"""Commands run as people run them: in a process of their own, with data of their own."""

import os
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
FROM_OUTSIDE = ["DATABASE_URL", "DEMO", "DEBUG", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL", "SECRET_KEY"]


@contextmanager
def own_folder():
    """A folder out of pytest's own, which every other run of pytest closes to the server's user."""
    with tempfile.TemporaryDirectory(prefix="nearhand-test-") as folder:
        yield Path(folder) / "data"


def surroundings(data, **more):
    """The environment of a command: our own, less what a person or .ci/run has set, and nothing measured."""
    kept = {name: value for name, value in os.environ.items() if name not in FROM_OUTSIDE}
    return {**kept, "NEARHAND_DATA": str(data), "PYTHONUNBUFFERED": "1", **more}


def start(*command, data, **more):
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=surroundings(data, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def manage(*arguments, data, seconds=120, **more):
    """Run manage.py to its end; returns its exit code and all that it said."""
    process = start("manage.py", *arguments, data=data, **more)
    said, _ = process.communicate(timeout=seconds)
    return process.returncode, said


def alive(data):
    """The processes, zombies aside, that have to do with a data folder."""
    found = []
    for process in psutil.process_iter(["pid", "status", "cmdline"]):
        if process.info["status"] != psutil.STATUS_ZOMBIE and str(data) in " ".join(process.info["cmdline"] or []):
            found.append(process.info["cmdline"])
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
