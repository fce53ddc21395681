"""Services put in the order of how well they meet a need in words: by meaning first, and by the words themselves.

The search's statement finds candidates by category and by word; this orders the first of them. Each part counts for
what it was worth on needs and texts that nobody had tuned to (tests/benchmarks/relevance); each is flat near its
value. Without the sentence model, categories and words do it alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from providers.meaning.aside import kinds
from providers.meaning.likeness import likeness
from providers.meaning.model import Vector, vector
from providers.meaning.needs import Need
from providers.meaning.profile import stored_profile
from providers.meaning.stems import stems_of

Scores = NDArray[np.float64]

# What each part counts; every part is a number from 0 to 1, or nearly.
BY_TERM, BY_WHOLE, BY_BEST_PART, BY_WORD, BY_ASIDE = 0.5, 0.5, 0.4, 0.3, 0.2
# Somebody asked for by name is meant, whatever else the words may mean; a part of a name is a little less.
BY_NAME, PART_OF_NAME = 2.0, 0.75
# The provider's own choice of categories, where nothing is known of what its text means.
BY_CHOSEN = 0.8
UNWANTED = 0.1
# The parts above when all of them fit.
ALL_OF_IT = BY_TERM + BY_WHOLE + BY_BEST_PART + BY_WORD
READ_AT_MOST = 2000
WORDS_AT_MOST = 24
# Whether a text tells of these is heard with the same ears as a need. Age is not: every text names somebody's child.
ASIDES = ("language", "faith", "who")
GROUPS = frozenset({"dementia", "learning_disability", "autism", "mental_health", "sensory", "end_of_life"})


@dataclass(frozen=True)
class Candidate:
    """A service that may fit: its words, the categories it carries, what its text means as `Profile.stored` has it."""

    key: UUID
    name: str
    text: str
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    meaning: bytes | None = None


def fits(need: Need, candidates: Sequence[Candidate]) -> list[float]:
    """How well each meets the need, from 0 to about 1."""
    if not candidates:
        return []
    texts = [candidate.text[:READ_AT_MOST].casefold().replace("\u2019", "'") for candidate in candidates]
    score = BY_WORD * _by_words(need, texts) + BY_ASIDE * _by_asides(need, texts, candidates)
    score += BY_NAME * _by_name(need, candidates)
    chosen = _by_chosen(need, candidates)
    by_meaning, is_known = _by_meaning(need, candidates)
    score += np.where(is_known, by_meaning, BY_CHOSEN * chosen) - UNWANTED * _unwanted(need, candidates)
    return [round(float(one), 4) for one in (score / ALL_OF_IT).clip(0)]


def _by_meaning(need: Need, candidates: Sequence[Candidate]) -> tuple[Scores, NDArray[np.bool_]]:
    """The terms that both are near to, the likeness of need and text, and of the need and the best part of the text."""
    space, asked = likeness(), vector(need.asked or need.text)
    score, is_known = np.zeros(len(candidates)), np.zeros(len(candidates), dtype=bool)
    if space is None or asked is None:
        return score, is_known
    row = space.turned(asked[None])
    terms = _of_length_1(space.shares(row)[0]) + _of_length_1(_understood(need, space.codes))
    for at, candidate in enumerate(candidates):
        profile = stored_profile(candidate.meaning) if candidate.meaning else None
        if profile is not None:
            near = profile.rows @ row[0]
            alike = float(profile.terms @ terms) / 2
            score[at] = BY_TERM * alike + BY_WHOLE * float(near[0]) + BY_BEST_PART * float(near.max())
            is_known[at] = True
    return score, is_known


def _understood(need: Need, codes: Sequence[str]) -> Vector:
    """What the need was taken to mean, with what its reader switched off left out."""
    return np.array([need.weights.get(code, 0.0) for code in codes], dtype=np.float32)


def _of_length_1(terms: Vector) -> Vector:
    length = float(np.linalg.norm(terms))
    return terms / np.float32(length) if length else terms


def _by_chosen(need: Need, candidates: Sequence[Candidate]) -> Scores:
    weights = need.looked_among(widely=True)
    return np.array([max((weights.get(code, 0.0) for code in one.categories), default=0.0) for one in candidates])


def _by_words(need: Need, texts: Sequence[str]) -> Scores:
    """The share of the need's words that a text has; what few of the texts have weighs more."""
    roots = list(dict.fromkeys(stems_of(need.words)))[:WORDS_AT_MOST] if need.words.strip() else []
    if not roots:
        return np.zeros(len(texts))
    patterns = [re.compile(rf"\b{re.escape(root)}") for root in roots]
    has = np.array([[pattern.search(text) is not None for pattern in patterns] for text in texts], dtype=np.float64)
    rarity = np.array([math.log(1 + len(texts) / max(had, 0.5)) for had in has.sum(axis=0)])
    share: Scores = has @ rarity / rarity.sum()
    return share


def _by_name(need: Need, candidates: Sequence[Candidate]) -> Scores:
    """Whether a name holds all the words, two at least: "Mop and Bucket", but not "cleaning"; or one of nobody else.

    Such a word counts where it is half of what is said: "Haverfield cleaning" asks for somebody, and "wheelie bins,
    can't drag them" does not, whoever is called Wheelie.
    """
    roots = set(stems_of(need.words)) if need.words.strip() else set()
    names = [set(stems_of(candidate.name)) for candidate in candidates]
    own = set(stems_of(" ".join(need.named))) if need.named else set()
    part = PART_OF_NAME if len(own & roots) * 2 >= len(roots) else 0.0
    said = [1 if len(roots) > 1 and roots <= name else _share(own, name) * part for name in names]
    return np.array(said, dtype=np.float64)


def _share(own: set[str], name: set[str]) -> float:
    return len(own & name) / len(own) if own else 0.0


def _by_asides(need: Need, texts: Sequence[str], candidates: Sequence[Candidate]) -> Scores:
    """Two for the language that was asked for, one each for faith, who should come and whom it is for."""
    score = np.zeros(len(texts))
    for kind in (*ASIDES, "client_group"):
        asked = set(need.codes(kind)) & GROUPS if kind == "client_group" else set(need.codes(kind))
        patterns = [kinds()[kind].patterns[code] for code in asked if code in kinds()[kind].patterns]
        if not patterns:
            continue
        worth = 2 if kind == "language" else 1
        for at, (text, candidate) in enumerate(zip(texts, candidates, strict=True)):
            speaks = kind == "language" and bool(asked.intersection(candidate.languages))
            score[at] += worth * (speaks or any(pattern.search(text) for pattern in patterns))
    return score


def _unwanted(need: Need, candidates: Sequence[Candidate]) -> Scores:
    """Those who do what the need says it does not want."""
    without = set(need.without)
    return np.array([bool(without.intersection(candidate.categories)) for candidate in candidates], dtype=np.float64)
