"""A need in somebody's own words, understood as terms of the vocabulary. Pure: no Django, no database, no network.

A sentence is cut into stems, slips are mended against the stems that the vocabulary knows, and every everyday phrase
of every term is weighed by how much of it stands in the sentence; rare stems weigh more. Work is bounded by the
vocabulary (some 1,100 phrases) and by the length that is read, whatever is typed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from providers.meaning.aside import days_in, kinds, unwanted_in
from providers.meaning.stems import close_stem, is_filler, slips_between, stems_of, tokens_of
from providers.meaning.vocabulary import vocabulary

READ_AT_MOST = 300
KEEP_AT_MOST = 6
# A term is kept when it scores at least this share of the best one: a family wants the near meanings, not all.
NEAR_THE_BEST = 0.62
# Below this nothing was really recognised: half a long phrase, or one word that fits everything.
RECOGNISED = 1.8
# Part of phrases such as "care at home", and next to nothing by themselves.
LIGHT = {"at": 0.3, "day": 1.0, "every": 0.5}

# What regulators call a registered service, in the words of their own registers.
_REGISTERED_AS = tuple(
    (re.compile(pattern, re.I), code)
    for pattern, code in (
        (r"care home.{0,40}nursing|nursing home", "nursing-home"),
        (r"care home service|residential home", "care-home"),
        (r"care at home|domiciliary|homecare agenc", "home-care"),
        (r"adult day ?care", "day-opportunities"),
        (r"housing support service|extra care housing", "housing-support"),
        (r"supported living", "supported-living"),
        (r"nurse agency", "nursing"),
        (r"adult placement|shared lives", "shared-lives"),
        (r"fostering service|adoption service", "fostering-and-adoption"),
        (r"school care accommodation|secure accommodation", "childrens-homes"),
        (r"child care agency|child minding", "children-sitters"),
        (r"day care of children", "holiday-clubs"),
        (r"alcohol and drugs? rehabilitation", "recovery"),
    )
)
_NOT_THIS = re.compile(r"other than care at home", re.I)


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
    """`meanings` strongest first; `words` what is left to search text with; `text` as it was typed."""

    meanings: tuple[Meaning, ...] = ()
    words: str = ""
    unknown: bool = False
    text: str = ""

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


@dataclass(frozen=True)
class Phrase:
    code: str
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    phrases: tuple[Phrase, ...]
    by_stem: dict[str, tuple[int, ...]]
    weights: dict[str, float]
    members: dict[str, tuple[str, ...]]
    positions: dict[str, int]


def understand(text: str, off: frozenset[str] = frozenset()) -> Need:
    """What somebody needs, from one sentence of theirs, but for the meanings that they switched off."""
    written = _plain(text)
    days, rest = days_in(written)
    unwanted, asked = unwanted_in(rest)
    categories = _weighed(_scores(_mended(stems_of(asked))))
    meanings = (
        *(Meaning("category", code, weight) for code, weight in categories),
        *(Meaning("day", day) for day in days),
        *(Meaning(kind, code) for kind, known in kinds().items() for code in known.found_in(asked)),
        *(Meaning("without", code) for code in _not_wanted(unwanted, dict(categories))),
    )
    kept = tuple(meaning for meaning in meanings if meaning.name not in off)
    words = " ".join(_spelt(token) for token in tokens_of(asked) if not is_filler(token))
    return Need(kept, words, unknown=not categories, text=text[:READ_AT_MOST])


def _not_wanted(unwanted: Iterable[str], wanted: Mapping[str, float]) -> tuple[str, ...]:
    """Categories named in what is not wanted, unless the same sentence asks for them too."""
    named = (code for said in unwanted for code in _best(_scores(_mended(stems_of(said))), 3))
    return tuple(dict.fromkeys(code for code in named if code not in wanted))


def likely_categories(name: str, description: str) -> tuple[str, ...]:
    """Categories of a service that came without any, from its own words; none when nothing is recognised."""
    description = _NOT_THIS.sub(" ", description)
    registered = tuple(code for pattern, code in _REGISTERED_AS if pattern.search(f"{name}. {description}"))
    if registered:
        return registered
    # Whole phrases only: a long text touches half of every phrase there is.
    scores = _scores(stems_of(_plain(name)), whole=True)
    for sentence in re.split(r"[.;!?\n]+", description[:3000]):
        scores += _scores(stems_of(_plain(sentence)), whole=True)
    return _best(scores, KEEP_AT_MOST)


def _plain(text: str) -> str:
    return text[:READ_AT_MOST].casefold().replace("\u2019", "'")


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
    used_by = {stem: len({phrases[n].code for n in numbers}) for stem, numbers in by_stem.items()}
    return Index(
        phrases=phrases,
        by_stem={stem: tuple(numbers) for stem, numbers in by_stem.items()},
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


def _spelt(token: str) -> str:
    """A slip as the word of the vocabulary that was meant, for texts are searched by words spelt right."""
    (root,) = _mended(stems_of(token))
    written = _words_by_stem().get(root, ())
    if len(token) < 5 or token in written or not written:
        return token
    slips, meant = min((slips_between(token, word), word) for word in written)
    # Another ending of a word is no slip: "walks" stays, "shoping" and "gardner" do not.
    is_ending = token.startswith(root) and token[-2:] != meant[-2:]
    return token if is_ending or slips > 2 else meant


def _mended(stems: Sequence[str]) -> tuple[str, ...]:
    """Stems nobody knows, as the known one they are a slip of."""
    known = _index().by_stem
    return tuple(stem if stem in known else close_stem(stem, known) for stem in stems)


def _scores(stems: Sequence[str], *, whole: bool = False) -> Counter[str]:
    """How strongly each second-level term is meant. The best phrase counts fully, the next ones a little."""
    index, present = _index(), set(stems)
    hits: dict[str, list[float]] = {}
    for number in {n for stem in present for n in index.by_stem.get(stem, ())}:
        phrase = index.phrases[number]
        score = _phrase_score(phrase, stems, present, whole=whole)
        if score:
            hits.setdefault(phrase.code, []).append(score)
    return _shared_with_members({code: _summed(found) for code, found in hits.items()})


def _phrase_score(phrase: Phrase, stems: Sequence[str], present: set[str], *, whole: bool) -> float:
    weights = _index().weights
    total = sum(weights[stem] for stem in phrase.stems)
    there = sum(weights[stem] for stem in phrase.stems if stem in present)
    share = there / total
    if share < 1 and whole:
        return 0.0
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


def _best(scores: Counter[str], at_most: int) -> tuple[str, ...]:
    return tuple(code for code, _ in _weighed(scores, at_most))


def _weighed(scores: Counter[str], at_most: int = KEEP_AT_MOST) -> tuple[tuple[str, float], ...]:
    """The terms near enough to the best one, each with its share of the best one's score."""
    positions = _index().positions
    ranked = sorted(scores.items(), key=lambda item: (-item[1], positions[item[0]]))
    if not ranked or ranked[0][1] < RECOGNISED:
        return ()
    best = ranked[0][1]
    return tuple((code, round(score / best, 3)) for code, score in ranked[:at_most] if score >= best * NEAR_THE_BEST)
