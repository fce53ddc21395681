"""A need in somebody's own words, understood as terms of the vocabulary. No Django, no database, no network.

Two ways of understanding stand together. Words: stems and mended slips against everyday phrases, exact where people
use the word that we know. Meaning: the sentence against thousands of sentences of families and providers, for whoever
says it another way. Where the sentence model is not installed, words do it alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from providers.meaning import matching
from providers.meaning.aside import days_in, kinds, unwanted_in
from providers.meaning.likeness import likeness
from providers.meaning.model import knows, vector
from providers.meaning.stems import is_filler, stems_of, tokens_of

READ_AT_MOST = 300
KEEP_AT_MOST = 8
# A term is kept when it has at least this share of the best one's weight.
NEAR_THE_BEST = 0.15
# With less than that it is not named to anybody, but its services are looked at too, for they may be what is meant;
# with far less, where few are found.
BESIDE_AT_MOST = 12
BESIDE_THE_BEST, FAR_FROM_IT = 0.08, 0.01
# How much a match of words counts beside a match of meaning; both are shares of 1.
WORDS_COUNT = 0.5
# Standing out by less than this, a sentence is about no help that there is a term for.
ABOUT_HELP = 0.086
CLAUSES_AT_MOST = 5
_WORD = re.compile(r"[a-z]{4,30}")
_CLAUSE = re.compile(r"[,.;:!?()\n&+/]+|\b(?:and|but|then|also|plus|who|so that|because|cos)\b")


@dataclass(frozen=True)
class Meaning:
    """One thing that the words were taken to mean. A reader switches it off by its `name`, "category:shopping"."""

    kind: str  # category, day, client_group, language, faith, who, without
    code: str
    weight: float = 1.0

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.code}"


@dataclass(frozen=True)
class Need:
    """`meanings` strongest first; `words` what is left to search text with; `text` as it was typed.

    `beside` are categories too weakly meant to be named to anybody, with their weights: their services may still fit.
    `asked` is the text without what it says it does not want, spelt right. `named` are those of the words that stand
    in the name of a provider and are nobody's ordinary words; only the register knows (`listings.names`).
    """

    meanings: tuple[Meaning, ...] = ()
    words: str = ""
    unknown: bool = False
    text: str = ""
    asked: str = ""
    named: tuple[str, ...] = ()
    beside: tuple[tuple[str, float], ...] = ()

    @classmethod
    def nothing(cls) -> Need:
        """No need was said: any help."""
        return cls()

    @classmethod
    def of(cls, categories: Iterable[str]) -> Need:
        """Categories chosen from a list, all as strongly meant."""
        return cls(tuple(Meaning("category", code) for code in categories))

    @classmethod
    def as_typed(cls, text: str) -> Need:
        """The very words, taken to mean nothing else."""
        return cls(words=text, text=text)

    def codes(self, kind: str) -> tuple[str, ...]:
        return tuple(meaning.code for meaning in self.meanings if meaning.kind == kind)

    @property
    def categories(self) -> tuple[str, ...]:
        """Most likely first."""
        return self.codes("category")

    @property
    def weights(self) -> dict[str, float]:
        """How strongly each category is meant: the best is 1."""
        return {meaning.code: meaning.weight for meaning in self.meanings if meaning.kind == "category"}

    def looked_among(self, *, widely: bool = False) -> dict[str, float]:
        """`weights` and those beside them; none where no category is left."""
        weights = self.weights
        beside = {code: weight for code, weight in self.beside if widely or weight >= BESIDE_THE_BEST}
        return {**weights, **beside} if weights else {}

    @property
    def widens(self) -> bool:
        return len(self.looked_among(widely=True)) > len(self.looked_among())

    @property
    def days(self) -> tuple[str, ...]:
        """The codes of Day, in the order of the week."""
        return self.codes("day")

    @property
    def languages(self) -> tuple[str, ...]:
        return self.codes("language")

    @property
    def client_groups(self) -> tuple[str, ...]:
        return self.codes("client_group")

    @property
    def without(self) -> tuple[str, ...]:
        """Categories that the person expressly does not want."""
        return self.codes("without")


def understand(text: str, off: frozenset[str] = frozenset()) -> Need:
    """What somebody needs, from one sentence of theirs, but for the meanings that they switched off."""
    written = text[:READ_AT_MOST].casefold().replace("\u2019", "'")
    days, rest = days_in(written)
    unwanted, asked = unwanted_in(rest)
    asked = _WORD.sub(_mended, asked).strip()
    categories, beside = _categories(asked)
    meanings = (
        *(Meaning("category", code, weight) for code, weight in categories.items()),
        *(Meaning("day", day) for day in days),
        *(Meaning(kind, code) for kind, known in kinds().items() for code in known.found_in(asked)),
        *(Meaning("without", code) for code in _not_wanted(unwanted, categories)),
    )
    kept = tuple(meaning for meaning in meanings if meaning.name not in off)
    words = " ".join(matching.spelt(token) for token in tokens_of(asked) if not is_filler(token))
    return Need(
        kept, words, unknown=not categories, text=text[:READ_AT_MOST], asked=asked, beside=tuple(beside.items())
    )


def _mended(word: re.Match[str]) -> str:
    return word[0] if knows(word[0]) else matching.spelt(word[0])


def _categories(asked: str) -> tuple[dict[str, float], dict[str, float]]:
    """Each category that may be meant with its weight, the best having 1; and those that are meant too weakly."""
    found = Counter(_by_words(asked))
    for code, share in _by_meaning(asked, is_certain=bool(found)).items():
        found[code] += share  # type: ignore[assignment]
    best = max(found.values(), default=0.0)
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], matching.position(pair[0])))
    shares = [(code, round(share / best, 3)) for code, share in ranked if share >= best * FAR_FROM_IT]
    meant = {code: share for code, share in shares[:KEEP_AT_MOST] if share >= NEAR_THE_BEST}
    return meant, dict(shares[len(meant) :][: KEEP_AT_MOST + BESIDE_AT_MOST - len(meant)])


def is_said_in_words(asked: str) -> bool:
    """Whether words of the vocabulary say what is needed, and not only their likeness to somebody's sentence."""
    return bool(_by_words(asked))


def _by_words(asked: str) -> dict[str, float]:
    scores = matching.scores(matching.mended(stems_of(asked)))
    kept = dict(matching.weighed(scores, KEEP_AT_MOST))
    return {code: WORDS_COUNT * weight / sum(kept.values()) for code, weight in kept.items()}


def _by_meaning(asked: str, *, is_certain: bool) -> dict[str, float]:
    """Shares of 1 by category; of the whole and of each clause, for one line often holds two needs."""
    space = likeness()
    texts = [asked, *_clauses(asked)] if asked.strip() else []
    found = [row for row in map(vector, texts) if row is not None]
    if space is None or not found:
        return {}
    rows = space.turned(np.stack(found))
    if not is_certain and (_is_nobodys(asked) or space.stands_out(rows) < ABOUT_HELP):
        return {}
    shares = space.shares(rows)
    # The whole counts as much as all its clauses together.
    whole = shares[0] + (shares[1:].mean(axis=0) if len(shares) > 1 else shares[0])
    return dict(zip(space.codes, (whole / 2).tolist(), strict=True))


def _is_nobodys(asked: str) -> bool:
    """Letters that make no word ("asdfgh") are near to something too, by chance."""
    telling = [token for token in tokens_of(asked) if not is_filler(token)]
    return bool(telling) and not any(map(knows, telling))


def _clauses(asked: str) -> list[str]:
    parts = [part.strip() for part in _CLAUSE.split(asked)]
    clauses = [part for part in parts if any(not is_filler(token) for token in tokens_of(part))]
    return clauses[:CLAUSES_AT_MOST] if len(clauses) > 1 else []


def _not_wanted(unwanted: Iterable[str], wanted: Mapping[str, float]) -> tuple[str, ...]:
    """Categories named in what is not wanted, unless the same sentence asks for them too."""
    scored = (matching.scores(matching.mended(stems_of(said))) for said in unwanted)
    named = (code for scores in scored for code, _ in matching.weighed(scores, 3))
    return tuple(dict.fromkeys(code for code in named if wanted.get(code, 0) < 1))
