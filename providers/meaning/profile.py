"""What a service's text means, reckoned once when it is written and kept in a few thousand bytes beside its words.

The bytes hold the vector of the whole text and of each part, for "its best sentence" says more than an average of
nine, and how near the text is to each term. They begin with the mark of the phrases they were reckoned with: after a
change of the vocabulary they are no match for a need any more, and are reckoned anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from providers.meaning.likeness import Likeness, likeness
from providers.meaning.model import LENGTH, Vector, packed, parts_of_many, unpacked

PARTS_AT_MOST = 14
READ_AT_MOST = 1500
# Some six kilobytes each.
KEPT_AT_MOST = 1024
# As for needs: standing out by less than this, a text is about no help that there is a term for.
ABOUT_HELP = 0.14
# What the whole text says beside its best part.
WHOLE_COUNTS = 2
MARK = 4
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")


@dataclass(frozen=True)
class Profile:
    """`rows` are the whole and its parts; `terms` a vector of length 1 with a number for each term of the space."""

    rows: Vector
    terms: Vector
    space: Likeness

    @property
    def shares(self) -> Mapping[str, float]:
        return dict(zip(self.space.codes, (self.terms / self.terms.sum().clip(1e-6)).tolist(), strict=True))

    @cached_property
    def is_certain(self) -> bool:
        return self.space.stands_out(self.rows) >= ABOUT_HELP

    def stored(self) -> bytes:
        terms = np.rint(self.terms * 255).astype(np.uint8).tobytes()
        return self.space.mark + bytes([len(self.rows)]) + b"".join(map(packed, self.rows)) + terms


def sentences(text: str) -> list[str]:
    found = [part.strip() for part in _SENTENCE.split(text[:READ_AT_MOST])]
    return [part for part in found if len(part) > 2]


# An import asks what kind of help a text tells of, and soon after what it means: that is one reading.
_read: dict[tuple[bytes, str, str], Profile] = {}


def profile_of(name: str, description: str) -> Profile | None:
    """None where the model is not installed."""
    space = likeness()
    if space is None:
        return None
    found = _read.get((space.mark, name, description))
    return found or _read_now([(name, description)], space)[0]


def read_ahead(texts: Iterable[tuple[str, str]]) -> None:
    """Read many texts together, names and descriptions, in little over half the time; `profile_of` then has them."""
    space = likeness()
    if space is not None:
        _read_now([text for text in dict.fromkeys(texts) if (space.mark, *text) not in _read], space)


def _read_now(texts: Sequence[tuple[str, str]], space: Likeness) -> list[Profile]:
    found = parts_of_many([[f"{name}.", *sentences(said)[: PARTS_AT_MOST - 1]] for name, said in texts])
    assert found is not None, "where there is a space there is a model"
    profiles = [_profile(np.stack(rows), space) for rows in found]
    _read.update(((space.mark, *text), profile) for text, profile in zip(texts, profiles, strict=True))
    for oldest in list(_read)[: max(0, len(_read) - KEPT_AT_MOST)]:
        _read.pop(oldest, None)
    return profiles


def _profile(found: Vector, space: Likeness) -> Profile:
    rows = space.turned(found)
    shares = space.shares(rows)
    terms = shares.max(axis=0) + WHOLE_COUNTS * shares[0]
    terms = terms / np.float32(np.linalg.norm(terms))
    return Profile(rows, terms, space)


def stored_profile(stored: bytes) -> Profile | None:
    """What was kept; None where it is not of the phrases of today."""
    space = likeness()
    if space is None or stored[:MARK] != space.mark:
        return None
    end = MARK + 1 + stored[MARK] * LENGTH
    terms = np.frombuffer(stored[end:], dtype=np.uint8).astype(np.float32) / np.float32(255)
    return Profile(unpacked(stored[MARK + 1 : end]), terms, space)
