"""The blocks that a summary's words are frozen as. Pages and papers are rendered from these and nothing else, so
they say the same, and go on saying it whatever becomes of our templates and of the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypedDict

Cell = str | list[str]
Only = Literal["council", "publishing"]


class Block(TypedDict, total=False):
    """One block: what kind it is, and the words that kind needs. `only` keeps it to one of the two readings."""

    kind: Literal["heading", "text", "note", "list", "terms", "table", "map"]
    only: Only
    level: int
    text: str
    items: list[str]
    terms: list[list[str]]
    caption: str
    head: list[str]
    rows: list[list[list[str]]]
    wide: bool
    labelled: bool
    shows: Literal["standing", "bases", "reach"]


def heading(level: int, text: str) -> Block:
    return {"kind": "heading", "level": level, "text": text}


def text(words: str) -> Block:
    return {"kind": "text", "text": words}


def paragraphs(words: str) -> list[Block]:
    """What somebody typed, a paragraph for each of its lines."""
    return [text(part) for part in words.split("\n") if part.strip()]


def note(words: str) -> Block:
    return {"kind": "note", "text": words}


def bullets(items: Iterable[str]) -> Block:
    return {"kind": "list", "items": list(items)}


def terms(*pairs: tuple[str, str]) -> Block:
    return {"kind": "terms", "terms": [list(pair) for pair in pairs if pair[1]]}


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Block:
    """A table whose cells are lists of lines; the first cell of a row names the row."""
    lines = [[[cell] if isinstance(cell, str) else list(cell) for cell in row] for row in rows]
    return {"kind": "table", "caption": caption, "head": list(head), "rows": lines}


def only(reading: Only, blocks: Iterable[Block]) -> list[Block]:
    return [{**block, "only": reading} for block in blocks]
