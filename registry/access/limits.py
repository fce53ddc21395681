"""How often somebody may ask for what costs us a second of work. Counted in the cache that all processes share."""

from __future__ import annotations

from django.core.cache import cache

from registry.models import User

A_MINUTE = 60


def may_ask(user: User, what: str, *, most: int, seconds: int = A_MINUTE) -> bool:
    """Whether this is within so many in so many seconds, from the first on. Asking counts. `what` is a slug."""
    key = f"limit:{what}:{user.pk}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:
        # It ran out between the two: a new count begins with the next.
        return True
