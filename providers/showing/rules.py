"""Shortening what people wrote, without cutting them off in mid-word. Pure."""

from __future__ import annotations

import re

SENTENCES_END = re.compile(r"(?<=[.!?…])\s+")


def in_short(text: str, most: int, sentences: int = 2) -> str:
    """The first sentences of a text that fit into so many letters; of a first one that is too long, its first words."""
    said = SENTENCES_END.split(" ".join(text.split()))
    kept = ""
    for sentence in said[:sentences]:
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept or shortened(said[0], most)


def shortened(words: str, most: int) -> str:
    """Whole words, with three dots for what is left out; a single word that is too long is cut."""
    if len(words) <= most:
        return words
    room = words[: max(most - 1, 0)]
    whole, _space, _rest = room.rpartition(" ")
    return (whole or room).rstrip(" ,;:-") + "…" if room else ""
