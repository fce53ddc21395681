"""What of a requirement must be written before its summary can be locked. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

ALL_MARKS = 100


class Part(StrEnum):
    """The parts of a requirement that are written one at a time, in the order in which they are best thought of."""

    ABOUT = "about"
    WAY = "way"
    LOTS = "lots"
    CONDITIONS = "conditions"
    QUESTIONS = "questions"
    TIMETABLE = "timetable"
    OPENNESS = "openness"


def marks_given(weights: Iterable[int], price_weight: int | None) -> int | None:
    """The marks that questions and price have between them; None where nothing is weighed at all."""
    weights = list(weights)
    if not weights and price_weight is None:
        return None
    return sum(weights) + (price_weight or 0)


def still_to_write(
    *, lots: int, has_reason_for_one_lot: bool, marks: int | None = None, unexplained: int = 0
) -> list[Part]:
    """What stands in the way of locking: no lots, a single lot with no reason given (s.18, field-notes 2.2), marks
    that do not add up, so that nobody could say how answers were weighed, or conditions that the law limits and for
    which no reason is given.
    """
    missing = []
    if lots == 0:
        missing.append(Part.LOTS)
    if unexplained:
        missing.append(Part.CONDITIONS)
    if marks not in (None, ALL_MARKS):
        missing.append(Part.QUESTIONS)
    if lots == 1 and not has_reason_for_one_lot:
        missing.append(Part.OPENNESS)
    return missing
