"""What makes a message wait for its sender's press, what is left out of it, how long an answer usually takes. Pure."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_LINKS = 1
# A daughter writes the same to three or four; more of the same text than that is asked about once.
SAME_TEXT_TO = 4
MOST_A_DAY_BY_ONE = 10
MOST_A_DAY_TO_ONE = 40
# Fewer answers than this say more of chance than of somebody's habit.
ENOUGH_ANSWERS = 10

LINK = re.compile(r"https?://|www\.|\b[a-z0-9-]+\.(?:com|net|ru|cn|top|xyz|shop|info|biz|online|site)\b", re.IGNORECASE)
FULL_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*[0-9][A-Z]{2}\b", re.IGNORECASE)


class WhyNot(StrEnum):
    """Why a message is not taken at all today; the page then gives the number to ring."""

    TOO_MANY_BY_YOU = "too_many_by_you"
    TOO_MANY_TO_THEM = "too_many_to_them"
    # Looks like a machine's, and there is no address to ask.
    CANNOT_BE_ASKED = "cannot_be_asked"


@dataclass(frozen=True)
class Signs:
    """What is known of a message without asking anybody else."""

    is_hasty: bool
    links: int
    same_text_to: int
    # The sender has pressed such a link before, and lately.
    is_known: bool


def looks_mechanical(signs: Signs) -> bool:
    """Then it waits until its sender presses a link in an e-mail.

    Asking that of everybody would cost a tired daughter one more errand, and some of the links land in spam; so only
    those are asked whose message looks like a machine's, and somebody who has pressed once is left in peace.
    """
    if signs.is_known:
        return signs.is_hasty
    return signs.is_hasty or signs.links > MOST_LINKS or signs.same_text_to >= SAME_TEXT_TO


def why_not(*, sent_today: int, come_today: int, is_mechanical: bool, has_email: bool) -> WhyNot | None:
    if sent_today >= MOST_A_DAY_BY_ONE:
        return WhyNot.TOO_MANY_BY_YOU
    if come_today >= MOST_A_DAY_TO_ONE:
        return WhyNot.TOO_MANY_TO_THEM
    return WhyNot.CANNOT_BE_ASKED if is_mechanical and not has_email else None


def links_in(text: str) -> int:
    return len(LINK.findall(text))


def without_full_postcodes(text: str) -> str:
    """A whole postcode is a handful of homes: its first half is enough to say whether somebody comes (rule 10)."""
    return FULL_POSTCODE.sub(lambda found: found[1].upper(), text)


def usual_hours(answered: Sequence[int | None]) -> float | None:
    """The middle one of the times that answers took, in hours; None while there are too few.

    None among them is a message that was never answered: it counts as slower than any that was. So whoever answers
    one in three is not praised for being quick with that one.
    """
    if sum(hours is not None for hours in answered) < ENOUGH_ANSWERS:
        return None
    middle = statistics.median_high([float("inf") if hours is None else float(hours) for hours in answered])
    return None if middle == float("inf") else middle
