"""A need in somebody's own words, understood with what the register knows beside what words mean."""

from __future__ import annotations

from dataclasses import replace

from providers.listings.names import with_names
from providers.listings.places import places_in
from providers.meaning.needs import READ_AT_MOST, Need, understand


def need_of(text: str, off: frozenset[str] = frozenset()) -> Need:
    """What the words mean, but for the meanings that were switched off, where it is, and whom they name."""
    places, rest = places_in(text, off)
    need = with_names(understand(rest, off))
    return replace(need, meanings=(*need.meanings, *places), text=text[:READ_AT_MOST])
