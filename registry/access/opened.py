"""Forms that anybody may send: no account, no puzzle, and nobody else who is asked whether a person writes.

Each page carries, signed, the moment it was opened and a number of its own. So one press counts once, however often
the button is hit, and a machine that answers faster than anybody reads is noticed. A box that is hidden from eyes and
from screen readers alike (`hidden`, not moved off the screen) is filled in by machines alone.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing

SIGNER = signing.Signer(salt="registry.access.opened")
TRAP = "subject"
STAMP = "opened"
# Nobody reads and fills in a form in less.
LEAST_SECONDS = 4
# A page left open overnight still goes.
LASTS = 36 * 60 * 60


@dataclass(frozen=True)
class Opened:
    """The number of the page that was sent, and for how many seconds it had been open; None if that is not ours."""

    press: uuid.UUID
    seconds: float | None
    fell_in: bool = False

    @property
    def is_hasty(self) -> bool:
        return self.seconds is None or self.seconds < LEAST_SECONDS or self.fell_in


class OpenForm(forms.Form):
    """A form with such a page; its template includes `components/opened.html`."""

    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, label_suffix="", **given)
        self.opened = _read(data) if data is not None else Opened(uuid.uuid4(), 0)
        # What was opened long ago, or is not ours, is opened anew with what was typed in it.
        is_ours = data is not None and self.opened.seconds is not None
        self.stamp = str(data.get(STAMP)) if is_ours else stamp(time.time())


def stamp(moment: float) -> str:
    return SIGNER.sign(f"{uuid.uuid4().hex}.{int(moment)}")


def _read(data: Any) -> Opened:
    try:
        press, moment = SIGNER.unsign(data.get(STAMP, "")).split(".")
    except signing.BadSignature:
        return Opened(uuid.uuid4(), None, bool(data.get(TRAP)))
    seconds = time.time() - int(moment)
    return Opened(uuid.UUID(press), seconds if seconds < LASTS else None, bool(data.get(TRAP)))
