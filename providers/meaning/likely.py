"""The likely categories of a service, from what its provider wrote. Pure but for the model's own files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from providers.meaning import matching
from providers.meaning.profile import profile_of, read_ahead, sentences
from providers.meaning.stems import stems_of

KEEP_AT_MOST = 6
# A category is likely when it has at least this share of the best one's weight.
NEAR_THE_BEST = 0.3
# How much a match of words counts beside a match of meaning; both are shares of 1.
WORDS_COUNT = 0.5
# What regulators call a registered service, in the words of their own registers.
_REGISTERED_AS = tuple(
    (re.compile(pattern, re.I), code)
    for pattern, code in (
        (r"care home.{0,40}nursing|nursing home", "nursing-home"),
        (r"care home service|residential home", "care-home"),
        (r"care at home|domiciliary|homecare agenc", "home-care"),
        (r"adult day ?care", "day-opportunities"),
        (r"housing support service|extra care housing", "housing-support"),
        (r"supported living", "supported-living"),
        (r"nurse agency", "nursing"),
        (r"adult placement|shared lives", "shared-lives"),
        (r"fostering service|adoption service", "fostering-and-adoption"),
        (r"school care accommodation|secure accommodation", "childrens-homes"),
        (r"child care agency|child minding", "children-sitters"),
        (r"day care of children", "holiday-clubs"),
        (r"alcohol and drugs? rehabilitation", "recovery"),
    )
)
_NOT_THIS = re.compile(r"other than care at home", re.I)


def likely_categories(name: str, description: str) -> tuple[str, ...]:
    """Categories of a service that came without any, most likely first; none when nothing is recognised."""
    description = _NOT_THIS.sub(" ", description)
    return _registered_as(name, description) or tuple(likely_shares(name, description))


def expect(texts: Iterable[tuple[str, str]]) -> None:
    """Texts that `likely_categories` is about to be asked for: many are read faster together than one by one."""
    plain = [(name, _NOT_THIS.sub(" ", description)) for name, description in texts]
    read_ahead(text for text in plain if not _registered_as(*text))


def _registered_as(name: str, description: str) -> tuple[str, ...]:
    return tuple(code for pattern, code in _REGISTERED_AS if pattern.search(f"{name}. {description}"))


def likely_shares(name: str, description: str) -> dict[str, float]:
    """Each likely category with its weight, the best having 1."""
    found = Counter(_by_words(name, description))
    profile = profile_of(name, description)
    if profile is not None and (found or profile.is_certain):
        for code, share in profile.shares.items():
            found[code] += share  # type: ignore[assignment]
    best = max(found.values(), default=0.0)
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], matching.position(pair[0])))[:KEEP_AT_MOST]
    return {code: round(share / best, 3) for code, share in ranked if share >= best * NEAR_THE_BEST}


def _by_words(name: str, description: str) -> dict[str, float]:
    # Whole phrases only: a long text touches half of every phrase there is.
    scores = matching.scores(stems_of(name), whole=True)
    for sentence in sentences(description):
        scores += matching.scores(stems_of(sentence), whole=True)
    kept = dict(matching.weighed(scores, KEEP_AT_MOST))
    return {code: WORDS_COUNT * weight / sum(kept.values()) for code, weight in kept.items()}
