"""How often somebody may ask for what costs us a second of work. Counted in the cache that all processes share."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from registry.models import User

A_MINUTE = 60
# Addresses that one process counts by itself; past that it begins again, which only ever lets more through.
MOST_KEPT = 50_000


@dataclass
class Tally:
    """What this process counted and has not told the others yet; and what all had counted when it last told."""

    untold: int = 0
    by_all: int = 0


_lock = threading.Lock()
_tallies: dict[str, Tally] = {}


def may_ask(user: User, what: str, *, most: int, seconds: int = A_MINUTE) -> bool:
    """Whether this is within so many in so many seconds, from the first on. Asking counts. `what` is a slug."""
    key = f"limit:{what}:{user.pk}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:
        # It ran out between the two: a new count begins with the next.
        return True


def seconds_to_wait(request: HttpRequest, what: str, *, most: int, seconds: int = A_MINUTE, told_each: int = 1) -> int:
    """0 while the address that asks is within `most` in this window of so many seconds; else until the next one.

    Asking counts. The shared count costs a few statements, so what must be quick tells it only each so many times:
    who asks seldom then never reaches the database, and a limit may be passed by that many in each process.
    """
    return _seconds_to_wait(_asker(request), what, most, seconds, told_each)


def seconds_to_wait_for(whom: str, what: str, *, most: int, seconds: int = A_MINUTE, told_each: int = 1) -> int:
    """The same for something other than whoever asks: an address that mail goes to, a thing that is sent."""
    return _seconds_to_wait(_hashed(whom), what, most, seconds, told_each)


def _seconds_to_wait(who: str, what: str, most: int, seconds: int, told_each: int) -> int:
    now = time.time()
    window = math.floor(now / seconds)
    counted = _count(f"limit:{what}:{window}:{who}", told_each, seconds)
    return 0 if counted <= most else max(1, math.ceil((window + 1) * seconds - now))


def forget() -> None:
    """Drop what this process counted by itself."""
    with _lock:
        _tallies.clear()


def _count(key: str, told_each: int, seconds: int) -> int:
    with _lock:
        if len(_tallies) >= MOST_KEPT:
            _tallies.clear()
        tally = _tallies.setdefault(key, Tally())
        tally.untold += 1
        if tally.untold < told_each:
            return tally.by_all + tally.untold
        telling, tally.untold = tally.untold, 0
    # Not the cache's own `incr`, which would forget how long the count is to be kept.
    tally.by_all = int(cache.get(key, 0)) + telling
    cache.set(key, tally.by_all, seconds)
    return tally.by_all


def _asker(request: HttpRequest) -> str:
    """The address as a keyed hash: what is counted is nobody's business. IPv6 by network: one household."""
    address = address_of(request)
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return _hashed(address)
    if known.version == 6:
        return _hashed(str(ipaddress.ip_network((int(known), 64), strict=False)))
    return _hashed(str(known))


def _hashed(address: str) -> str:
    return salted_hmac("registry.access.limits", address, algorithm="sha256").hexdigest()[:24]


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: of a header that anybody can write, only what our own proxy put at its end."""
    if settings.BEHIND_PROXY:
        return str(request.headers.get("X-Forwarded-For", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
