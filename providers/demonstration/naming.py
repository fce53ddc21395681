"""Names of invented people and businesses, and ways to reach them that reach nobody. Pure."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from providers.demonstration.banks import Trade, name_words, roots
from providers.demonstration.voice import spoken

# One in eight carries the family name of another root: people marry.
MARRIED_IN = 0.12


@dataclass(frozen=True)
class Person:
    first: str
    last: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


def invent_person(rng: random.Random) -> Person:
    weights = [root.weight for root in roots()]
    root = rng.choices(roots(), weights)[0]
    family = rng.choices(roots(), weights)[0] if rng.random() < MARRIED_IN else root
    return Person(rng.choice(root.first), rng.choice(family.last), root.language)


class Namer:
    """Gives each business a name that no other has, and each its own number and address."""

    def __init__(self, rng: random.Random, count: int) -> None:
        self._rng = rng
        self._taken: set[str] = set()
        self._slugs: set[str] = set()
        # Ofcom keeps both ranges free of real people.
        numbers = [f"01632 960{n:03}" for n in range(400, 1000)] + [f"07700 900{n:03}" for n in range(1000)]
        self._numbers = rng.sample(numbers, count) if count <= len(numbers) else rng.choices(numbers, k=count)

    def business(self, trade: Trade, facts: Mapping[str, str]) -> str:
        while True:
            name = self._candidate(trade, facts)
            if name.casefold() not in self._taken and len(name) <= 60:
                self._taken.add(name.casefold())
                return name

    def keep(self, name: str) -> str:
        """A name given from outside, so that nobody else gets it."""
        self._taken.add(name.casefold())
        return name

    def slug(self, name: str) -> str:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")[:60]
        number = 2
        unique = slug
        while unique in self._slugs:
            unique, number = f"{slug}-{number}", number + 1
        self._slugs.add(unique)
        return unique

    def phone(self) -> str:
        return self._numbers.pop()

    def _candidate(self, trade: Trade, facts: Mapping[str, str]) -> str:
        rng = self._rng
        noun, word = rng.choice(trade.nouns), rng.choice(name_words())
        patterns = (
            (34, rng.choice(trade.lines["names"])),
            (28, f"{word} {noun}"),
            (10, "{first}'s " + noun),
            (9, "{last} " + noun),
            (9, "{town} " + noun),
            (6, "{first} {last}, " + noun),
            (4, f"{word} and {rng.choice([other for other in name_words() if other != word])}"),
        )
        pattern = rng.choices([text for _, text in patterns], [weight for weight, _ in patterns])[0]
        return spoken(pattern, rng=rng, facts=facts, people=1)
