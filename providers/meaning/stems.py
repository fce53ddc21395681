"""Words of everyday English down to their stems, and slips of the pen back to the word that was meant. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Said in every need, and saying nothing about it.
_SAID_ANYWAY = """
    a about also am an and any anyone anybody are as be been can could do does for from get gets give got had has
    have he her hers him his i i'd i'll i'm if in into is it its just know like look looking me more my myself near
    need needs needed of on once one or our please really she so some somebody someone something that the their them
    then there they this to twice us want wants was we week weekly when who will with would you your
    herself himself themselves yourself can't cant cannot mummy daddy nans nana nanna grans
    mum mums mother dad dads father gran grandma granny grandad nan husband wife son daughter brother sister aunt
    uncle neighbour old elderly help helping good local service services person people
"""
FILLERS = frozenset(_SAID_ANYWAY.split())
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_ENDINGS = ("ings", "ing", "ers", "er", "ed", "es", "ly", "s", "e")
# Care is no car, and English has some forms that no rule reaches.
_IRREGULAR = {
    **dict.fromkeys(("care", "cares", "caring", "carer", "carers"), "care"),
    **{"ate": "eat", "eaten": "eat", "fed": "feed", "fell": "fall", "fallen": "fall", "slept": "sleep", "sat": "sit"},
    **{"forgot": "forget", "forgotten": "forget", "drove": "driv", "driven": "driv", "children": "child"},
    **{"kids": "child", "kid": "child", "tooth": "teeth", "foot": "feet", "bathe": "bath"},
}


def tokens_of(text: str) -> list[str]:
    """The words of a text, in small letters and without accents."""
    return _WORD.findall(_bare(text))


def words_with_places(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text in small letters and without accents, and its words with where each begins and ends in it."""
    bare = _bare(text)
    return bare, [(match[0], *match.span()) for match in _WORD.finditer(bare)]


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def is_filler(token: str) -> bool:
    """Mum and mum's alike."""
    return token in FILLERS or token.removesuffix("'s") in FILLERS


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A crude stem, the same for cook, cooks, cooked, cooker and cooking. Right enough: both sides go through it."""
    word = word.removesuffix("'s").replace("'", "")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return _undoubled(word[: -len(ending)])
    return word


def _undoubled(word: str) -> str:
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl"
    return word[:-1] if doubled else word


def stems_of(text: str) -> tuple[str, ...]:
    """The stems that carry meaning; all of them where nothing would be left."""
    tokens = tokens_of(text)
    return tuple(stem(token) for token in tokens if not is_filler(token)) or tuple(stem(token) for token in tokens)


def close_stem(slip: str, known: Iterable[str]) -> str:
    """The known stem that a slip most likely stands for, or the slip itself. Short words are left alone.

    People slip inside a word far more often than at its first letter, which keeps this to a few dozen comparisons.
    """
    allowed = 0 if len(slip) < 4 else 1 if len(slip) < 8 else 2
    near = [
        (distance, word)
        for word in known
        if word[:1] == slip[:1] and abs(len(word) - len(slip)) <= allowed and len(word) > 4
        if (distance := slips_between(slip, word)) <= allowed
    ]
    return min(near)[1] if near else slip


@lru_cache(maxsize=4096)
def slips_between(one: str, other: str) -> int:
    """Letters added, lost, changed or swapped with their neighbour on the way from one word to the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, against in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
