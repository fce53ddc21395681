"""What a service's text means, reckoned once when it is written and kept in a few thousand bytes beside its words.

The bytes hold the vector of the whole text and of each part, for "its best sentence" says more than an average of
nine, and how near the text is to each term. They begin with the mark of the phrases they were reckoned with: after a
change of the vocabulary they are no match for a need any more, and are reckoned anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from providers.meaning.likeness import Likeness, likeness
from providers.meaning.model import LENGTH, Vector, packed, parts, unpacked

PARTS_AT_MOST = 14
READ_AT_MOST = 1500
# As for needs: less near to every term than this, a text is about no help that there is a term for.
ABOUT_HELP = 0.33
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
        return float(self.space.nearness(self.rows).max()) >= ABOUT_HELP

    def stored(self) -> bytes:
        terms = np.rint(self.terms * 255).astype(np.uint8).tobytes()
        return self.space.mark + bytes([len(self.rows)]) + b"".join(map(packed, self.rows)) + terms


def sentences(text: str) -> list[str]:
    found = [part.strip() for part in _SENTENCE.split(text[:READ_AT_MOST])]
    return [part for part in found if len(part) > 2]


def profile_of(name: str, description: str) -> Profile | None:
    """None where the model is not installed."""
    space = likeness()
    return None if space is None else _reckoned(name, description, space.mark)


# An import asks what kind of help a text tells of, and soon after what it means: that is one reading.
@lru_cache(maxsize=1024)
def _reckoned(name: str, description: str, _mark: bytes) -> Profile:
    space, found = likeness(), parts([f"{name}.", *sentences(description)[: PARTS_AT_MOST - 1]])
    assert space is not None, "profile_of() has asked"
    assert found is not None, "where there is a space there is a model"
    rows = space.turned(np.stack(found))
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
