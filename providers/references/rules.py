"""What has become of a reference that a customer was asked for, and whether another may be asked. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from enum import StrEnum

# However often customers say no: nobody uses this site to write to strangers.
MOST_ASKED = 9
MOST_ASKED_WITHIN = datetime.timedelta(days=30)


class State(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class WhyNot(StrEnum):
    ENOUGH = "enough"
    OWN_ADDRESS = "own_address"
    ASKED_BEFORE = "asked_before"
    TOO_MANY = "too_many"


def state(
    *,
    asked_at: datetime.datetime,
    answered_at: datetime.datetime | None,
    declined_at: datetime.datetime | None,
    withdrawn_at: datetime.datetime | None,
    lasts: datetime.timedelta,
    now: datetime.datetime,
) -> State:
    """What people did comes before what time did."""
    if answered_at is not None:
        return State.ANSWERED
    if declined_at is not None:
        return State.DECLINED
    if withdrawn_at is not None:
        return State.WITHDRAWN
    return State.EXPIRED if now >= asked_at + lasts else State.ASKED


def why_not(
    *, email: str, own: Collection[str], asked_now: Collection[str], wanted: int, asked_lately: int
) -> WhyNot | None:
    """Why this customer is not asked. `own`: addresses of the provider's people; `asked_now`: those that count."""
    address = email.strip().lower()
    if address in {one.lower() for one in own}:
        return WhyNot.OWN_ADDRESS
    if address in {one.lower() for one in asked_now}:
        return WhyNot.ASKED_BEFORE
    if len(asked_now) >= wanted:
        return WhyNot.ENOUGH
    return WhyNot.TOO_MANY if asked_lately >= MOST_ASKED else None
