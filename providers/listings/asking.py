"""A need in somebody's own words, understood with what the register knows beside what words mean."""

from __future__ import annotations

from providers.listings.names import with_names
from providers.meaning.needs import Need, understand


def need_of(text: str, off: frozenset[str] = frozenset()) -> Need:
    """What the words mean, but for the meanings that were switched off, and whom they name."""
    return with_names(understand(text, off))
