"""What of a requirement must be written before its summary can be locked. Pure."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """The parts of a requirement that are written one at a time."""

    ABOUT = "about"
    LOTS = "lots"
    CONDITIONS = "conditions"
    OPENNESS = "openness"


def still_to_write(*, lots: int, has_reason_for_one_lot: bool) -> list[Part]:
    """What stands in the way of locking: no lots, or a single lot with no reason given (s.18, field-notes 2.2)."""
    if lots == 0:
        return [Part.LOTS]
    if lots == 1 and not has_reason_for_one_lot:
        return [Part.OPENNESS]
    return []
