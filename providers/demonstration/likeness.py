"""How alike two texts are, and a book of those already written that refuses one too like another. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

WORDS_AT_ONCE = 5


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of five words."""
    words = re.findall(r"[a-z0-9']+", text.casefold())
    last = max(1, len(words) - WORDS_AT_ONCE + 1)
    return frozenset(tuple(words[at : at + WORDS_AT_ONCE]) for at in range(last))


class Written:
    """Texts so far. `nearest` is work in proportion to what the new text shares, not to how many there are."""

    def __init__(self) -> None:
        self._texts: list[frozenset[tuple[str, ...]]] = []
        self._by_shingle: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)

    def nearest(self, text: str) -> float:
        """The largest share of five-word runs that the text has in common with any other, from 0 to 1."""
        mine = shingles(text)
        shared = Counter(number for shingle in mine for number in self._by_shingle.get(shingle, ()))
        return max(
            (count / (len(mine) + len(self._texts[number]) - count) for number, count in shared.items()), default=0.0
        )

    def add(self, text: str) -> None:
        mine = shingles(text)
        for shingle in mine:
            self._by_shingle[shingle].append(len(self._texts))
        self._texts.append(mine)
