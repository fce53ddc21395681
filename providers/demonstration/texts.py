"""Descriptions of invented services and of the people who give them: no two the same, none nearly the same. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping

from providers.demonstration.banks import Trade, shared_lines
from providers.demonstration.likeness import Written
from providers.demonstration.voice import Deck, spoken

# People do not write to one plan: some start with what they do, some with a story; some stop after two sentences.
SERVICE_SHAPES = (
    "what what how detail",
    "what how",
    "detail what how limits",
    "what detail",
    "what what\nhow money",
    "what how how\ndetail closing",
    "what what what",
    "how what detail",
    "what\nhow\ndetail",
    "what travel money",
    "what what\ndetail\nlimits closing",
    "detail what",
    "what how limits",
    "start what how",
)
ABOUT_SHAPES = (
    "life start",
    "life",
    "life care",
    "start life closing",
    "life limits",
    "life detail care",
    "care life closing",
    "life travel",
    "life start\nlimits closing",
    "start travel money",
    "life life closing",
)
# A text that shares more than this of its five-word runs with another is written anew.
TOO_ALIKE = 0.34
TRIES = 40
# Work that people take for care: they say where it ends.
LIGHT_WORK = {"household", "companions", "sitting", "dementia", "cooking", "cleaning", "shopping", "outings", "lifts"}


class Writer:
    """Writes for everybody, from the same decks, and remembers all of it."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._written = Written()
        self._decks: dict[tuple[str, str], Deck] = {}

    def about(self, trade: Trade, facts: Mapping[str, str], *, people: int, said: set[str]) -> str:
        return self._text(ABOUT_SHAPES, trade, facts, people=people, said=said)

    def description(self, trade: Trade, facts: Mapping[str, str], *, people: int, said: set[str]) -> str:
        return self._text(SERVICE_SHAPES, trade, facts, people=people, said=said)

    def title(self, trade: Trade, facts: Mapping[str, str], *, people: int, said: set[str]) -> str:
        line = self._deal("services", trade, people=people, said=said)
        return spoken(line or trade.nouns[0], rng=self._rng, facts=facts, people=people)

    def _text(
        self, shapes: tuple[str, ...], trade: Trade, facts: Mapping[str, str], *, people: int, said: set[str]
    ) -> str:
        """The first text that is unlike all others; after many tries, the one least like them."""
        best, likeness, used = "", 2.0, set(said)
        for _try in range(TRIES):
            now_said = set(said)
            text = self._one(self._rng.choice(shapes), trade, facts, people, now_said)
            nearest = self._written.nearest(text)
            if nearest < likeness:
                best, likeness, used = text, nearest, now_said
            if likeness <= TOO_ALIKE:
                break
        self._written.add(best)
        said |= used
        return best

    def _one(self, shape: str, trade: Trade, facts: Mapping[str, str], people: int, said: set[str]) -> str:
        paragraphs = []
        for part in shape.split("\n"):
            lines = []
            for bank in _banks_of(part, trade):
                line = self._deal(bank, trade, people=people, said=said)
                if line is not None:
                    said.add(line)
                    lines.append(spoken(line, rng=self._rng, facts=facts, people=people))
            paragraphs.append(" ".join(lines))
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)

    def _deal(self, bank: str, trade: Trade, *, people: int, said: set[str]) -> str | None:
        own = bank in trade.lines
        key = (trade.code if own else "", bank)
        if key not in self._decks:
            self._decks[key] = Deck(trade.lines[bank] if own else shared_lines()[bank], self._rng)
        return self._decks[key].deal(people=people, without=said)


def _banks_of(part: str, trade: Trade) -> list[str]:
    """Where people come to us nobody travels, and those next to care say that they give none."""
    banks = [bank for bank in part.split() if bank != "travel" or trade.delivery != ("at_ours",)]
    return ["limits_light" if bank == "limits" and trade.code in LIGHT_WORK else bank for bank in banks]
