"""Questions that packages above joining may put between two steps. None is a step, and most people meet none."""

from __future__ import annotations

from collections.abc import Callable

from providers.joining.flow import Walk
from registry.models import User

# The address of a page to see first, or "". The last argument: whether they are about to send.
Aside = Callable[[Walk, User, bool], str]

_asides: list[Aside] = []


def add_aside(aside: Aside) -> None:
    _asides.append(aside)


def first_aside(walk: Walk, user: User, *, sending: bool) -> str:
    return next((address for aside in _asides if (address := aside(walk, user, sending))), "")
