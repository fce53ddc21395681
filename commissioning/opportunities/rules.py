"""When an opportunity is open, what it lacks to be published, what an answer lacks to be sent. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Lacks(StrEnum):
    """What stands between a requirement and its publication."""

    LOTS = "lots"
    CLOSES = "closes"
    CLOSES_LATER = "closes_later"
    QUESTIONS_FIRST = "questions_first"


def lacks(
    *,
    lots: int,
    closes_at: datetime.datetime | None,
    questions_until: datetime.datetime | None,
    now: datetime.datetime,
) -> list[Lacks]:
    """In the order in which it is written."""
    found = [] if lots else [Lacks.LOTS]
    if closes_at is None:
        return [*found, Lacks.CLOSES]
    if closes_at <= now:
        found.append(Lacks.CLOSES_LATER)
    if questions_until and questions_until > closes_at:
        found.append(Lacks.QUESTIONS_FIRST)
    return found


class Stage(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    STOPPED = "stopped"
    TOLD = "told"


@dataclass(frozen=True)
class Moments:
    """What a stage follows from; nothing else is stored of it."""

    closes_at: datetime.datetime
    questions_until: datetime.datetime | None = None
    stopped_at: datetime.datetime | None = None
    told_at: datetime.datetime | None = None
    is_sealed: bool = True


def stage(moments: Moments, now: datetime.datetime) -> Stage:
    if moments.told_at:
        return Stage.TOLD
    if moments.stopped_at:
        return Stage.STOPPED
    return Stage.OPEN if now < moments.closes_at else Stage.CLOSED


def takes_questions(moments: Moments, now: datetime.datetime) -> bool:
    """Until their own moment, or where none is set until the answers close."""
    until = moments.questions_until or moments.closes_at
    return stage(moments, now) is Stage.OPEN and now < until


def may_read_answers(moments: Moments, now: datetime.datetime) -> bool:
    """Sealed answers are read by nobody of the council while anybody may still send or mend one."""
    return not moments.is_sealed or stage(moments, now) is not Stage.OPEN


# What of a publication is compared when it is published again, in the order of the page.
PARTS = {
    "title": ("title",),
    "need": ("need",),
    "kind": ("kind", "formal_url", "formal_note"),
    "dates": ("starts_on", "ends_on", "extension_months"),
    "value": ("value_pence", "payment_days"),
    "buyer": ("buyer", "reserved_for"),
    "lots": ("lots",),
    "conditions": ("conditions",),
    "questions": ("questions", "price_weight"),
    "timetable": ("questions_until", "closes_at", "decided_on"),
}


def changed_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Which parts of a publication differ."""
    return [part for part, keys in PARTS.items() if any(before.get(key) != after.get(key) for key in keys)]


def words_in(text: str) -> int:
    return len(text.split())


def hours_of(draft: Mapping[str, Any], lot: int) -> dict[str, int]:
    """What each gives to a lot, in hours a week, by the id of the provider."""
    given: dict[str, int] = draft.get("hours", {}).get(str(lot), {})
    return given


def without_hours(draft: Mapping[str, Any], lots: Iterable[Mapping[str, Any]]) -> list[int]:
    """The chosen lots that are by the hour and for which nobody gives any."""
    chosen = set(draft.get("lots", []))
    return [
        lot["id"]
        for lot in lots
        if lot["id"] in chosen and lot["hours_per_week"] and not any(hours_of(draft, lot["id"]).values())
    ]


class Unsent(StrEnum):
    """What an answer lacks to be sent."""

    LOTS = "lots"
    HOURS = "hours"
    YESES = "yeses"


def lacks_to_send(
    draft: Mapping[str, Any], lots: Iterable[Mapping[str, Any]], *, members_without_yes: int
) -> list[Unsent]:
    """No condition is among these: who does not meet one yet says so, and may still speak up (rule 7)."""
    lots = list(lots)
    chosen = set(draft.get("lots", [])) & {lot["id"] for lot in lots}
    found = [] if chosen else [Unsent.LOTS]
    if without_hours(draft, lots):
        found.append(Unsent.HOURS)
    if members_without_yes:
        found.append(Unsent.YESES)
    return found


def lacks_to_tell(
    *, lots: Iterable[int], decided: Iterable[int], spoke_up: int, with_feedback: int
) -> tuple[list[int], int]:
    """Lots without an outcome, and how many who spoke up have no feedback: nobody is told before both are none."""
    decided = set(decided)
    return [lot for lot in lots if lot not in decided], spoke_up - with_feedback
