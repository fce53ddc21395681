"""Names of places among the words of a need: districts, councils and the towns that providers give.

A name is a place only where it cannot well be anything else: after "in" or "near", or at the end of what was said. An
ordinary word ("reading", "bath") is one only after "in", "near" or "around". Which towns there are, the words' index
knows: each approved listing has its town there, and the towns of whoever leaves go with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection

from providers.listings.by_index import by_index
from providers.listings.known import areas
from providers.listings.packing import folded, town_lexeme
from providers.meaning.matching import is_ours
from providers.meaning.needs import READ_AT_MOST, Meaning
from providers.meaning.stems import is_filler, words_with_places

if TYPE_CHECKING:
    from providers.listings.search import Question

PLACES_AT_MOST, TRIED_AT_MOST, WORDS_AT_MOST = 3, 30, 6
SURELY = frozenset({"in", "near", "around"})
PERHAPS = frozenset({"at", "from"})
BETWEEN = frozenset({"the", "to"})
AFTER = frozenset({"council", "area", "district", "county", "borough", "city"})
# Towns that are somebody's name or an ordinary word as well.
_DAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_ORDINARY = """
    ash barking barry bath battle beer bow box bury chard cheddar church crook deal diss down eye ford gosport hale ham
    hart hay hope hook hyde leek lane mold nelson over reading rest ripley rugby rye sale sandwich seal settle
    slough stanley stone street victoria walker ware wash washington well wells wick wing wool worth
"""
ORDINARY = frozenset(_ORDINARY.split())
# After "in" as well: "in March", "my son in law".
NEVER = frozenset({"law", "march", "may", *(f"{day}day" for day in _DAYS), *(f"{day}days" for day in _DAYS)})
# What a name may hold and neither begin nor end with: "Barton in the Beans".
INSIDE = frozenset({"on", "in", "of", "the", "by", "and", "near"})
# Whose name it is then: "lunch for Lincoln", "my neighbour Preston".
_WHOSE = """
    a an and aunt brother called dad daughter dr father for friend gran grandad her his husband is miss mother mr mrs
    ms mum my named nan neighbour of our sister son the their to uncle was wife with
"""
WHOSE = frozenset(_WHOSE.split())
HELD = """
SELECT said.town FROM unnest(%s::text[]) AS said (town)
WHERE (SELECT TRUE FROM providers_searchwords WHERE words @@ said.town::tsquery LIMIT 1)
"""
_APART = re.compile(r"[,.;:!?()\n]")


@dataclass(frozen=True)
class Said:
    """Words that may be a place, where they stand, and from where they are left out with their "near"."""

    name: str
    since: int
    until: int

    @property
    def key(self) -> str:
        return folded(self.name)


def places_in(text: str, off: frozenset[str] = frozenset()) -> tuple[tuple[Meaning, ...], str]:
    """The places that a text names, and the text without them. Those that were switched off are words like others."""
    bare, words = words_with_places(text[:READ_AT_MOST])
    tried = list(dict.fromkeys(_tried(bare, words)))[:TRIED_AT_MOST]
    towns = _towns_among([said.key for said in tried if said.key not in areas()])
    found: list[tuple[Said, str]] = []
    for said in tried:
        name = _name(said, towns)
        is_new = not any(said.since < other.until and other.since < said.until for other, _ in found)
        if name and is_new and f"place:{name}" not in off and len(found) < PLACES_AT_MOST:
            found.append((said, name))
    for said, _ in sorted(found, key=lambda one: -one[0].since):
        bare = f"{bare[: said.since]} {bare[said.until :]}"
    return tuple(Meaning("place", name) for name in dict.fromkeys(name for _, name in found)), bare if found else text


def placed(question: Question) -> Question:
    """The question narrowed to the place that its words name, where nothing else says where."""
    named = question.need.codes("place")
    if question.spot or question.has_area or not named:
        return question
    towns = tuple(name for name in named if folded(name) not in areas())
    # "Trowbridge, Wiltshire": the town is the narrower of the two.
    if towns:
        return replace(question, towns=towns)
    return replace(question, area=tuple(dict.fromkeys(code for name in named for code in areas()[folded(name)][1])))


def _name(said: Said, towns: set[str]) -> str:
    if said.key in areas():
        return areas()[said.key][0]
    return _written(said.name) if said.key in towns else ""


def _written(name: str) -> str:
    """A town as it is written: "Bradford on Avon"."""
    return " ".join(word if is_filler(word) or word == "upon" else word.capitalize() for word in name.split())


Words = Sequence[tuple[str, int, int]]


def _tried(bare: str, words: Words) -> Iterator[Said]:
    """What may be a place, of those that begin or end together the longest first."""
    for at, (word, since, _) in enumerate(words):
        if word in SURELY or word in PERHAPS:
            first = at + 1
            has_article = first < len(words) and words[first][0] in BETWEEN
            runs = (words[first + has_article :][:many] for many in range(WORDS_AT_MOST, 0, -1))
            yield from _possible(bare, runs, words, since, is_sure=word in SURELY and not has_article)
    end = len(words)
    while end and words[end - 1][0] in AFTER:
        end -= 1
    for first in range(max(end - WORDS_AT_MOST, 0), end):
        if not first or words[first - 1][0] not in WHOSE:
            yield from _possible(bare, [words[first:end]], words, words[first][1], is_sure=False)


def _possible(bare: str, runs: Iterable[Words], words: Words, since: int, *, is_sure: bool) -> Iterator[Said]:
    for run in filter(None, runs):
        named, until = [word for word, _, _ in run], run[-1][2]
        if _APART.search(bare[run[0][1] : until]) or not _may_be_a_name(named, is_sure=is_sure):
            continue
        for word, start, stop in words:
            if start > until and word in AFTER and not bare[until:start].strip():
                until = stop
        yield Said(" ".join(named), since, until)


def _may_be_a_name(words: Sequence[str], *, is_sure: bool) -> bool:
    inner = (word for word in words[1:-1] if word not in INSIDE)
    if any(is_filler(word) or word in NEVER for word in (words[0], *inner, words[-1])):
        return False
    if not all(word.replace("'", "").isalpha() for word in words):
        return False
    return is_sure or len(words) > 1 or not (words[0] in ORDINARY or is_ours(words[0]))


def _towns_among(names: Sequence[str]) -> set[str]:
    """Those that the base of some listed provider is in."""
    lexemes = {f"'{town_lexeme(name)}'": name for name in names if name}
    if not lexemes:
        return set()
    with connection.cursor() as cursor, by_index(cursor):
        cursor.execute(HELD, [list(lexemes)])
        return {lexemes[lexeme] for (lexeme,) in cursor.fetchall()}
