"""How near a text is to each term of the vocabulary, by meaning and not by words.

Each term has everyday words, in `situations.json` sentences as families and providers say them, and in `examples.jsonl`
invented services with needs that they meet. The vectors of all these are kept in a file, so that no process has to run
the model over thousands of texts; a text is as near to a term as to the nearest few of them. What differs between texts
of one term ("my mum", "please", a first name) says nothing about the help: the space is turned and pressed so that
those directions count for less (within-class covariance, Hatch and others, 2006), for needs and services alike.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from providers.meaning.model import TAUGHT, Vector, packed, unpacked, vector, vectors
from providers.meaning.vocabulary import vocabulary

FOLDER = Path(__file__).parent / "data"
FILE = FOLDER / "phrases.bin"
MARKED = 32
# Of the needs of an example, those for which it is just what is needed.
JUST_RIGHT = 3
# Measured on the tuning and validation parts of tests/benchmarks/relevance; each is flat near its value.
SHRINK = 20.0
SHARPNESS = 0.03
BEST_PHRASES = 4


@dataclass(frozen=True)
class Likeness:
    codes: tuple[str, ...]
    turn: Vector
    phrases: Vector
    starts: tuple[int, ...]
    mark: bytes  # of the file: what was reckoned with another one is no match

    def turned(self, rows: Vector) -> Vector:
        """Vectors of the model as vectors of this space, of length 1."""
        return _of_length_1(rows @ self.turn)

    def nearness(self, rows: Vector) -> Vector:
        """For each turned row, how near it is to each term: the mean of the term's nearest phrases."""
        near = rows @ self.phrases.T
        # The last column is as far from everything as can be.
        near = np.concatenate([near, np.full((len(near), 1), -1, near.dtype)], axis=1)[:, self._slots]
        best: Vector = np.partition(near, -BEST_PHRASES, axis=2)[:, :, -BEST_PHRASES:].mean(axis=2)
        return best

    @cached_property
    def _slots(self) -> NDArray[np.intp]:
        """By term the columns of its phrases, all terms filled up to the length of the longest with the last column."""
        count = len(self.phrases)
        ends = (*self.starts[1:], count)
        longest = max(end - start for start, end in zip(self.starts, ends, strict=True))
        slots = np.full((len(self.starts), longest), count)
        for term, (start, end) in enumerate(zip(self.starts, ends, strict=True)):
            slots[term, : end - start] = np.arange(start, end)
        return slots

    def stands_out(self, rows: Vector) -> float:
        """How much nearer one of these rows is to one term than to most: what is about no help is as near to all."""
        near = self.nearness(rows)
        return float((near.max(axis=1) - np.median(near, axis=1)).max())

    def shares(self, rows: Vector) -> Vector:
        """The same as shares of 1 for each row: far terms have next to nothing."""
        near = self.nearness(rows)
        raised = np.exp((near - near.max(axis=1, keepdims=True)) / SHARPNESS)
        shares: Vector = raised / raised.sum(axis=1, keepdims=True)
        return shares


def likeness() -> Likeness | None:
    """The space as shipped; None where the model is not installed."""
    return _space() if vector("") is not None else None


@cache
def _space() -> Likeness:
    stored = FILE.read_bytes()
    codes = _codes()
    counts = np.frombuffer(stored, dtype="<u2", count=len(codes), offset=MARKED)
    rows = unpacked(stored[MARKED + counts.nbytes :])
    owners = np.repeat(np.arange(len(codes)), counts)
    turn = _turn(rows, owners)
    starts = tuple(int(start) for start in np.searchsorted(owners, np.arange(len(codes))))
    return Likeness(codes, turn, _of_length_1(rows @ turn), starts, stored[:4])


def _codes() -> tuple[str, ...]:
    return tuple(term.code for term in vocabulary().terms if not term.is_group)


def sayings() -> dict[str, list[str]]:
    """By term: its name, definition and everyday words, sentences in which people say it, and its examples."""
    told: dict[str, list[str]] = json.loads((FOLDER / "situations.json").read_text(encoding="utf-8"))
    examples = _examples()
    return {
        term.code: [term.name, term.definition, *term.everyday_words, *told.get(term.code, []), *examples[term.code]]
        for term in vocabulary().terms
        if not term.is_group
    }


def _examples() -> dict[str, list[str]]:
    """By term: each service of which it is the first, and what people say who need just that."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (FOLDER / "examples.jsonl").read_text(encoding="utf-8").splitlines():
        service = json.loads(line)
        needs = (need for need, worth in service["needs"] if worth == JUST_RIGHT)
        found[service["term"]] += [f"{service['name']}. {service['description']}", *needs]
    return found


def mark_of(said: dict[str, list[str]]) -> bytes:
    """Tells whether the stored vectors are of these very sentences, by the model as it is taught now."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode() + TAUGHT.read_bytes()).digest()


def store(file: Path = FILE) -> int:
    """Run the model over all of it and write the file; after each change of the vocabulary. It takes minutes."""
    said = sayings()
    found = vectors([saying.casefold() for sayings_ in said.values() for saying in sayings_])
    assert found is not None, "the file is made where the model is installed"
    counts = np.array([len(sayings_) for sayings_ in said.values()], dtype="<u2")
    file.write_bytes(mark_of(said) + counts.tobytes() + b"".join(packed(row) for row in found))
    return len(found)


def _turn(rows: Vector, owners: NDArray[np.intp]) -> Vector:
    centres = np.stack([rows[owners == owner].mean(axis=0) for owner in range(int(owners.max()) + 1)])
    within = rows - centres[owners]
    spread, axes = np.linalg.eigh(within.T @ within / len(rows))
    pressed = 1 / np.sqrt(spread.clip(0) + SHRINK * spread.mean())
    turn: Vector = ((axes * pressed) @ axes.T).astype(np.float32)
    return turn


def _of_length_1(rows: Vector) -> Vector:
    scaled: Vector = rows / np.linalg.norm(rows, axis=-1, keepdims=True).clip(1e-6)
    return scaled


if __name__ == "__main__":
    store()
