"""When two registrations may be of one business, without a database."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# As PostgreSQL's pg_trgm reckons it. "Rosie's Home Help" and "Rosies Homehelp" are 0.78 alike, "Anna's Cleaning" and
# "Anna's Gardening" 0.41.
ALIKE = 0.6
MOST_SHOWN = 3
# A business leaves them out or puts them in as it pleases.
LEGAL_WORDS = frozenset({"ltd", "limited", "cic", "llp", "plc", "co", "company", "coop", "the", "and"})
DIGITS_OF_A_PHONE = 10


class Reason(StrEnum):
    """Why it may be the same one, the strongest first."""

    NUMBER = "number"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"


# Those of which nobody else has the same by chance: they may be told of a listing that is not public.
OF_ONES_OWN = (Reason.NUMBER, Reason.PHONE, Reason.EMAIL)
WEIGHT = {Reason.NUMBER: 8, Reason.PHONE: 4, Reason.EMAIL: 4, Reason.NAME: 2}


@dataclass(frozen=True)
class Described:
    """What tells one business from another. `numbers` are those of public registers, by register."""

    name: str = ""
    phone: str = ""
    email: str = ""
    outcode: str = ""
    town: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)


def reasons(mine: Described, other: Described) -> list[Reason]:
    """Why the two may be one business; none if nothing says so."""
    found = {
        Reason.NUMBER: any(value and other.numbers.get(scheme) == value for scheme, value in mine.numbers.items()),
        Reason.PHONE: digits(mine.phone) != "" and digits(mine.phone) == digits(other.phone),
        Reason.EMAIL: mine.email != "" and mine.email.lower() == other.email.lower(),
        Reason.NAME: is_near(mine, other) and likeness(mine.name, other.name) >= ALIKE,
    }
    return [reason for reason in Reason if found[reason]]


def weight(found: list[Reason]) -> int:
    return sum(WEIGHT[reason] for reason in found)


def is_near(mine: Described, other: Described) -> bool:
    """In the same postcode district or town: names alone say little, for there is a Rosie in every county."""
    same_outcode = mine.outcode != "" and mine.outcode.upper() == other.outcode.upper()
    return same_outcode or (mine.town != "" and folded(mine.town) == folded(other.town))


def digits(phone: str) -> str:
    """The digits that make a British number: +44 7700 900123 and 07700 900 123 are one."""
    return re.sub(r"[^0-9]", "", phone)[-DIGITS_OF_A_PHONE:]


def folded(name: str) -> str:
    """A name as it sounds: no capitals, accents, apostrophes, signs or legal form."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’`")
    words = re.sub(r"[\W_]+", " ", letters).split()
    return " ".join([word for word in words if word not in LEGAL_WORDS] or words)


def likeness(one: str, other: str) -> float:
    """From 0 to 1; names that differ in their spaces only are the same."""
    first, second = folded(one), folded(other)
    if not first or not second:
        return 0.0
    if first.replace(" ", "") == second.replace(" ", ""):
        return 1.0
    ours, theirs = _trigrams(first), _trigrams(second)
    return len(ours & theirs) / len(ours | theirs)


def _trigrams(words: str) -> set[str]:
    padded = [f"  {word} " for word in words.split()]
    return {word[start : start + 3] for word in padded for start in range(len(word) - 2)}


SENT_AGAIN_AFTER = datetime.timedelta(hours=1)
KEPT_UNCLAIMED = datetime.timedelta(days=60)


class Stage(StrEnum):
    """How far a registration has come that a council began for somebody."""

    WRITTEN = "written"
    INVITED = "invited"
    TAKEN_OVER = "taken_over"
    SENT = "sent"


def stage(*, is_invited: bool, is_taken_over: bool, is_sent: bool) -> Stage:
    if is_sent:
        return Stage.SENT
    if is_taken_over:
        return Stage.TAKEN_OVER
    return Stage.INVITED if is_invited else Stage.WRITTEN


def may_send_again(sent_at: datetime.datetime | None, now: datetime.datetime) -> bool:
    """One press too many must not fill somebody's inbox."""
    return sent_at is None or now - sent_at >= SENT_AGAIN_AFTER


def is_forgotten(touched_on: datetime.date, today: datetime.date) -> bool:
    """Whether nobody has come for it in all the time that its link works."""
    return today - touched_on > KEPT_UNCLAIMED
