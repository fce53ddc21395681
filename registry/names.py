"""Names as people write them, made safe to stand in a line with other words. Pure: no framework."""

from __future__ import annotations

import unicodedata

# Joiners hold an emoji of several parts together (a family, a flag of Wales) and letters of some scripts; they move
# nothing around. Every other mark that is not seen is dropped: those for right-to-left above all, which can turn
# the words after a name round in a list or a mail. What is truly written from right to left keeps its direction
# by its letters.
JOINERS = frozenset({"\u200c", "\u200d"})
FLAG_LETTERS = range(0xE0020, 0xE0080)
# Unicode counts these among letters and symbols, and no font shows anything for them.
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def readable(name: str) -> str:
    """The name with one space between words and nothing that steers the text; "" if nothing of it can be seen."""
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(_kept(letter) for letter in composed)
    tidy = " ".join(kept.split())
    return tidy if any(map(_is_seen, tidy)) else ""


def _kept(letter: str) -> str:
    if letter in JOINERS or ord(letter) in FLAG_LETTERS:
        return letter
    if letter.isspace():
        return " "
    # Controls, marks of direction, halves of characters, places with no character.
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") else letter


def _is_seen(letter: str) -> bool:
    """Letters, digits, signs and pictures; a mark that stands on a letter is none by itself."""
    return letter not in BLANK_LETTERS and unicodedata.category(letter)[0] in "LNSP"
