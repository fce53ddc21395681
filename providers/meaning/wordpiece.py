"""A text cut into the pieces of words that the sentence model was taught with (BERT's uncased WordPiece). Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

UNKNOWN, START, END = 100, 101, 102
# Nobody's word; it would only cost time.
WORD_AT_MOST = 60
_PARTS = re.compile(r"\w+|[^\w\s]")


def pieces_of(text: str, pieces: Mapping[str, int], at_most: int) -> list[int]:
    """The numbers of the pieces, between the marks that the model expects at both ends."""
    ids = [START]
    for word in _PARTS.findall(_bare(text).replace("_", " ")):
        ids += _cut(word, pieces)
        if len(ids) >= at_most:
            break
    return [*ids[: at_most - 1], END]


def _bare(text: str) -> str:
    split = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in split if unicodedata.category(letter) != "Mn")


def _cut(word: str, pieces: Mapping[str, int]) -> Sequence[int]:
    """The longest known piece from the left, again and again; unknown as a whole where that does not come out."""
    if len(word) > WORD_AT_MOST:
        return (UNKNOWN,)
    found: list[int] = []
    start = 0
    while start < len(word):
        ends = range(len(word), start, -1)
        lead = "##" if start else ""
        end = next((end for end in ends if lead + word[start:end] in pieces), 0)
        if not end:
            return (UNKNOWN,)
        found.append(pieces[lead + word[start:end]])
        start = end
    return found
