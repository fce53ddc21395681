"""How often providers are found and opened: counted in memory, written once a minute.

A page that a family asks for writes nothing (rule 17), so each process keeps its own small sums and adds them to the
week's row in the background, and once more when it ends. A process that is killed loses what it counted in the last
minute; the figures page says "about".
"""

from __future__ import annotations

import atexit
import datetime
import logging
import multiprocessing.util
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from django.db import connections
from django.http import HttpRequest
from django.utils import timezone

from providers.figures.actions import add_up
from providers.figures.rules import is_robot, monday_of

logger = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
# Providers of one process and week; past that the counts of further ones are dropped until the next writing.
MOST_KEPT = 50_000

Key = tuple[UUID, datetime.date]

_lock = threading.Lock()
_counted: defaultdict[Key, Counter[str]] = defaultdict(Counter)
_alarm: threading.Timer | None = None
_is_registered = False


def count_visit(request: HttpRequest, provider_ids: Iterable[UUID], what: Literal["found", "opened"]) -> None:
    """Count what a person was shown; not a robot, and not a browser that only looks ahead."""
    looks_ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    if request.method == "GET" and not looks_ahead and not is_robot(request.headers.get("User-Agent", "")):
        count(provider_ids, what)


def count(provider_ids: Iterable[UUID], what: Literal["found", "opened"]) -> None:
    """One more for each of these providers this week. No SQL here, and nothing about who looked."""
    week = monday_of(timezone.localdate())
    with _lock:
        for provider_id in set(provider_ids):
            key = (provider_id, week)
            if key in _counted or len(_counted) < MOST_KEPT:
                _counted[key][what] += 1
        _set_alarm()


def flush() -> int:
    """Write what was counted so far. Returns how many rows; what could not be written is kept for the next time."""
    with _lock:
        taken = dict(_counted)
        _counted.clear()
    if not taken:
        return 0
    try:
        add_up(taken)
    except Exception:
        with _lock:
            for key, counts in taken.items():
                if key in _counted or len(_counted) < MOST_KEPT:
                    _counted[key].update(counts)
        raise
    return len(taken)


def forget() -> None:
    """Drop what was counted and not written."""
    with _lock:
        _counted.clear()


def _set_alarm() -> None:
    """Write in a minute, unless that is arranged; called with the lock held."""
    global _alarm, _is_registered
    if not _is_registered:
        # Here and not at import: what ends last is what was registered first, and the database was there before us.
        atexit.register(_flush_at_the_end)
        # A web server's forked worker ends without `atexit`; writing twice writes nothing the second time.
        multiprocessing.util.Finalize(None, _flush_at_the_end, exitpriority=10)
        _is_registered = True
    if _alarm is None and _counted:
        _alarm = threading.Timer(EVERY_SECONDS, _flush_in_the_background)
        _alarm.daemon = True
        _alarm.start()


def _flush_in_the_background() -> None:
    global _alarm
    with _lock:
        _alarm = None
    try:
        flush()
    except Exception:
        logger.exception("The figures of the last minute could not be written; they are tried again")
        with _lock:
            _set_alarm()
    finally:
        # The thread ends here, and its connection with it.
        connections.close_all()


def _flush_at_the_end() -> None:
    try:
        flush()
    except Exception:
        logger.warning("The figures of the last minute are lost: the database could not be reached")
