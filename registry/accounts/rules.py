"""What decides about invitations and people, without a database."""

from __future__ import annotations

import datetime
from enum import StrEnum


class Refused(Exception):
    """What was asked cannot be done; the message says why and what would help, to the person who asked."""


class InvitationState(StrEnum):
    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def invitation_state(
    *,
    created_at: datetime.datetime,
    accepted_at: datetime.datetime | None,
    withdrawn_at: datetime.datetime | None,
    lasts: datetime.timedelta,
    now: datetime.datetime,
) -> InvitationState:
    """What has become of an invitation. What a person did with it comes before what time did."""
    if accepted_at is not None:
        return InvitationState.USED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    if now >= created_at + lasts:
        return InvitationState.EXPIRED
    return InvitationState.OPEN


def same_address(one: str, other: str) -> bool:
    """Whether two email addresses are one person's. A blanked address is nobody's."""
    return bool(one.strip()) and one.strip().lower() == other.strip().lower()
