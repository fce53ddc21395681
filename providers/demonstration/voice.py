"""One line of the banks as one provider would write it: either or, names filled in, "I" or "we". Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

_EITHER = re.compile(r"\[([^\[\]]*)\]")
_WE = {
    "I'm": "we're",
    "I've": "we've",
    "I'd": "we'd",
    "I'll": "we'll",
    "I am": "we are",
    "I was": "we were",
    "am I": "are we",
    "I": "we",
    "me": "us",
    "my": "our",
    "My": "Our",
    "mine": "ours",
    "myself": "ourselves",
}
_FIRST_PERSON = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _WE), key=len, reverse=True)) + r")\b")


_FOR_WHOM = re.compile(r"(?:(?P<kind>[12])|=(?P<number>\d)): ")


def fits(line: str, people: int) -> bool:
    """Whether a line is for so many people: "1:" for one alone, "2:" for groups, "=3:" for exactly three."""
    mark = _FOR_WHOM.match(line)
    if mark is None:
        return True
    if mark["number"]:
        return people == int(mark["number"])
    return (people > 1) == (mark["kind"] == "2")


def spoken(line: str, *, rng: random.Random, facts: Mapping[str, str], people: int) -> str:
    mark = _FOR_WHOM.match(line)
    text = line[mark.end() :] if mark else line
    text = _EITHER.sub(lambda either: rng.choice(either[1].split("|")), text).format_map(facts)
    if people > 1 and mark is None:
        text = _FIRST_PERSON.sub(lambda found: _WE[found[1]], text)
    return _sentences_capitalised(text)


def _sentences_capitalised(text: str) -> str:
    return re.sub(r"(^|[.!?] )([a-z])", lambda found: found[1] + found[2].upper(), text)


class Deck:
    """Lines dealt like cards: none comes back before all were used, so that nobody sounds like the last one."""

    def __init__(self, cards: Sequence[str], rng: random.Random) -> None:
        self._cards = list(cards)
        self._rng = rng
        self._left: list[str] = []

    def deal(self, *, people: int, without: set[str]) -> str | None:
        """The next line that fits and was not said by this provider; None where there is no such line at all."""
        if not any(fits(card, people) and card not in without for card in self._cards):
            return None
        while True:
            for place, card in enumerate(self._left):
                if fits(card, people) and card not in without:
                    return self._left.pop(place)
            fresh = list(self._cards)
            self._rng.shuffle(fresh)
            self._left += fresh
