"""Told to whoever keeps a copy of what councils have seen: upper packages register here in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

Listener = Callable[[UUID], None]
_listeners: dict[str, Listener] = {}


def listen(name: str, listener: Listener) -> None:
    """`listener(provider_id)` is called in the transaction of the change."""
    _listeners[name] = listener


def tell(provider_id: UUID) -> None:
    """What councils have seen of this provider, or what may be told of it, has changed."""
    for listener in _listeners.values():
        listener(provider_id)
