"""What a need says beside the help itself: days, languages, for whom, who should come, and what is not wanted. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "asides.json"

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(
    # "Not a word since Sunday" asks for no Sunday.
    r"(?<!since )(?<!last )(?<!until )\b(?:(?P<full>mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|(?P<short>mon|tues?|weds?|thurs?|fri)s?"
    # "sat" and "sun" are words of their own: only where a day must stand.
    r"|(?:(?<=\bon )|(?<=\bevery ))(?P<bare>sat|sun)s?"
    r"|(?P<many>week ?days?|week ?ends?))\b"
)
_MANY = {"day": DAYS[:5], "end": DAYS[5:]}

# Up to the next comma, full stop or turn of the sentence: "not a care home, but somebody to come in" asks for somebody.
_SCOPE = r"(?P<said>[^,.;:!?()\n]*?)(?=$|[,.;:!?()\n]|\bbut\b|\bjust\b|\bonly\b|\bbecause\b|\bcos\b)"
_UNWANTED = tuple(
    re.compile(opening + r"\s+" + _SCOPE)
    for opening in (
        r"\b(?:not|isn'?t|aren'?t|wasn'?t|nor)\s+(?:going\s+)?(?:in(?:to)?\s+)?(?:an?|the|any|some|another|just)",
        r"(?:^|[,;.])\s*(?:and\s+|but\s+)?not",
        r"\b(?:that|which|who)\s+(?:isn'?t|aren'?t|is\s+not|are\s+not)",
        r"\b(?:don'?t|doesn'?t|do\s+not|does\s+not|didn'?t|dont|doesnt)\s+(?:want|like)(?:\s+to)?",
        r"\b(?:won'?t|wont|will\s+not|refuses\s+to|can'?t)\s+have",
        r"\b(?:rather\s+than|instead\s+of|anything\s+but|nothing)",
        r"(?:^|[,;.]|\band|\bwith|\bbut)\s*no",
    )
)
# "No mates" and "no one comes" tell of what is missed, and "not a wink of sleep" of a trouble.
_MISSED = re.compile(
    r"^\s*(?:one|body|more|longer|idea|mates?|friends?|famil\w+|relatives?|company|car|transport|buses|bus|money|english"
    r"|wink|clue|sleep|energy|appetite|food|heating|help|support|speech|sight|garden|time|life|visitors?|\w+ing\b|much"
    r"|well|able|sure|safe|coping|bit|word|thing|penny|soul|\w+ will\b|\w+ \w+ will\b|day|night|break|hope)\b"
)


@dataclass(frozen=True)
class Kind:
    """One sort of aside: each code with the pattern of the words that mean it."""

    patterns: Mapping[str, re.Pattern[str]]

    def found_in(self, written: str) -> tuple[str, ...]:
        return tuple(code for code, pattern in self.patterns.items() if pattern.search(written))


@cache
def kinds() -> Mapping[str, Kind]:
    """Languages, faiths, client groups and who should come, as listed in the data file."""
    listed: dict[str, dict[str, list[str]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return {kind: Kind({code: _any_of(words) for code, words in codes.items()}) for kind, codes in listed.items()}


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words) + r")\b")


def days_in(written: str) -> tuple[tuple[str, ...], str]:
    """The days named, in the order of the week, and the text without them."""
    found: set[str] = set()
    for match in _DAY.finditer(written):
        many = match["many"]
        found.update(_MANY["day" if "day" in many else "end"] if many else (match[match.lastgroup or 0][:3],))
    return tuple(day for day in DAYS if day in found), _DAY.sub(" ", written)


def unwanted_in(written: str) -> tuple[tuple[str, ...], str]:
    """What is expressly not wanted, and the text without it."""
    unwanted: list[str] = []

    def taken_out(match: re.Match[str]) -> str:
        said = match["said"].strip()
        if not said or _MISSED.match(said):
            return match[0]
        unwanted.append(said)
        return " , "

    for pattern in _UNWANTED:
        written = pattern.sub(taken_out, written)
    return tuple(unwanted), written
