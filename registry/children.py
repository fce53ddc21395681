"""The processes that a command starts beside itself, and ends with itself however that comes about."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

# Seconds to finish what is in hand before it is taken away.
GRACE = 15
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclass
class Children:
    """Each in a process group of its own, so that Ctrl-C reaches only us, and we stop them in order."""

    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        self.running[name] = subprocess.Popen(
            command,
            cwd=self.folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    def ended(self) -> str | None:
        """The name of one that ended by itself, if any did."""
        return next((name for name, child in self.running.items() if child.poll() is not None), None)

    def stop(self) -> None:
        # A second Ctrl-C must not leave one of them behind.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        for child in self.running.values():
            end_group(child, signal.SIGTERM)
        for child in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(GRACE)
            # Whoever is left of its group, grandchildren too.
            end_group(child, signal.SIGKILL)
            child.wait()
        self.running.clear()
        signal.signal(signal.SIGINT, before)


def end_with_parent() -> None:
    """Where the kernel can do it: a child whose parent was killed outright is told to stop, and the port is free."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)
