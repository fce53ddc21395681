"""Sentences matched to terms by their words: stems, slips mended, rare stems weighing more. Pure.

Every everyday phrase of every term is weighed by how much of it stands in the sentence. Work is bounded by the
vocabulary (some 1,800 phrases) and by the length that is read, whatever is typed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from providers.meaning.stems import close_stem, slips_between, stems_of, tokens_of
from providers.meaning.vocabulary import vocabulary

# A term is kept when it scores at least this share of the best one: a family wants the near meanings, not all.
NEAR_THE_BEST = 0.62
# Below this nothing was really recognised: half a long phrase, or one word that fits everything.
RECOGNISED = 1.8
# Part of phrases such as "care at home", and next to nothing by themselves.
LIGHT = {"at": 0.3, "day": 1.0, "every": 0.5}


@dataclass(frozen=True)
class Phrase:
    code: str
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    phrases: tuple[Phrase, ...]
    by_stem: dict[str, tuple[int, ...]]
    # The same, each phrase under the one of its stems that the fewest phrases hold.
    by_rarest: dict[str, tuple[int, ...]]
    weights: dict[str, float]
    members: dict[str, tuple[str, ...]]
    positions: dict[str, int]


@cache
def _index() -> Index:
    """The vocabulary, turned round: from a stem to the phrases that hold it."""
    terms = vocabulary().terms
    said = dict.fromkeys(
        Phrase(term.code, stems_of(words)) for term in terms for words in (term.name, *term.everyday_words)
    )
    phrases = tuple(said)
    by_stem: dict[str, list[int]] = {}
    for number, phrase in enumerate(phrases):
        for stem in phrase.stems:
            by_stem.setdefault(stem, []).append(number)
    by_rarest: dict[str, list[int]] = {}
    for number, phrase in enumerate(phrases):
        by_rarest.setdefault(min(phrase.stems, key=lambda stem: len(by_stem[stem])), []).append(number)
    used_by = {stem: len({phrases[n].code for n in numbers}) for stem, numbers in by_stem.items()}
    return Index(
        phrases=phrases,
        by_stem={stem: tuple(numbers) for stem, numbers in by_stem.items()},
        by_rarest={stem: tuple(numbers) for stem, numbers in by_rarest.items()},
        weights={stem: LIGHT.get(stem) or math.log(1 + len(terms) / used) for stem, used in used_by.items()},
        members={group.code: tuple(term.code for term in members) for group, members in vocabulary().groups()},
        positions={term.code: term.position for term in terms},
    )


@cache
def _words_by_stem() -> dict[str, tuple[str, ...]]:
    """Every word of the vocabulary as it is written there, under its stem."""
    written: dict[str, set[str]] = {}
    for term in vocabulary().terms:
        for word in tokens_of(" ".join((term.name, *term.everyday_words))):
            written.setdefault(stems_of(word)[0], set()).add(word)
    return {root: tuple(sorted(words)) for root, words in written.items()}


def spelt(token: str) -> str:
    """A slip as the word of the vocabulary that was meant, for texts are searched by words spelt right."""
    (root,) = mended(stems_of(token))
    written = _words_by_stem().get(root, ())
    if len(token) < 5 or token in written or not written:
        return token
    slips, meant = min((slips_between(token, word), word) for word in written)
    # Another ending of a word is no slip: "walks" stays, "shoping" and "gardner" do not.
    is_ending = token.startswith(root) and token[-2:] != meant[-2:]
    return token if is_ending or slips > 2 else meant


def is_ours(token: str) -> bool:
    """Whether the vocabulary has the word, in whatever form."""
    return set(stems_of(token)) <= _index().by_stem.keys()


def mended(stems: Sequence[str]) -> tuple[str, ...]:
    """Stems nobody knows, as the known one they are a slip of."""
    known = _index().by_stem
    return tuple(stem if stem in known else close_stem(stem, known) for stem in stems)


def scores(stems: Sequence[str], *, whole: bool = False) -> Counter[str]:
    """How strongly each second-level term is meant. The best phrase counts fully, the next ones a little."""
    index, present = _index(), set(stems)
    hits: dict[str, list[float]] = {}
    touched = _held_in(present) if whole else (n for stem in present for n in index.by_stem.get(stem, ()))
    for number in sorted(set(touched)):
        phrase = index.phrases[number]
        score = _phrase_score(phrase, stems, present)
        if score:
            hits.setdefault(phrase.code, []).append(score)
    return _shared_with_members({code: _summed(found) for code, found in hits.items()})


def _held_in(present: set[str]) -> Iterator[int]:
    """The phrases of which every stem is there: few of those that have one there."""
    index = _index()
    for stem in present:
        for number in index.by_rarest.get(stem, ()):
            if present.issuperset(index.phrases[number].stems):
                yield number


def _phrase_score(phrase: Phrase, stems: Sequence[str], present: set[str]) -> float:
    weights = _index().weights
    total = sum(weights[stem] for stem in phrase.stems)
    there = sum(weights[stem] for stem in phrase.stems if stem in present)
    share = there / total
    # Squared, because two halves of different phrases must not outweigh one whole.
    return there * share**2 * _order_counts(phrase.stems, stems)


def _order_counts(phrase: Sequence[str], stems: Sequence[str]) -> float:
    """A care home is not home care: the same words in the same order weigh more."""
    if len(phrase) == 1 or not _stands_in(phrase, stems):
        return 1.0
    return 2.0 if len(phrase) == len(stems) else 1.5


def _stands_in(few: Sequence[str], many: Sequence[str]) -> bool:
    return any(tuple(many[at : at + len(few)]) == tuple(few) for at in range(len(many) - len(few) + 1))


def _summed(found: Iterable[float]) -> float:
    best, *others = sorted(found, reverse=True)
    return best + 0.15 * sum(others[:3])


def _shared_with_members(scores: dict[str, float]) -> Counter[str]:
    """A group that was meant ("dementia") speaks for all its terms, more softly than they do themselves."""
    shared: Counter[str] = Counter()
    members = _index().members
    for code, score in scores.items():
        for member in members.get(code, (code,)):
            shared[member] += score * (0.65 if code in members else 1.0)  # type: ignore[assignment]
    return shared


def weighed(scores: Counter[str], at_most: int) -> tuple[tuple[str, float], ...]:
    """The terms near enough to the best one, each with its share of the best one's score."""
    positions = _index().positions
    ranked = sorted(scores.items(), key=lambda item: (-item[1], positions[item[0]]))
    if not ranked or ranked[0][1] < RECOGNISED:
        return ()
    best = ranked[0][1]
    return tuple((code, round(score / best, 3)) for code, score in ranked[:at_most] if score >= best * NEAR_THE_BEST)


def position(code: str) -> int:
    """Where the term stands in the vocabulary: of two as likely, the first."""
    return _index().positions[code]
