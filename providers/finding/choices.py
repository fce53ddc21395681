"""The facets as the page shows them: values with how many services each would leave, and what was chosen as tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from providers.finding.asked import Asked
from providers.finding.understood import Chip
from providers.listings import facets
from providers.meaning.vocabulary import vocabulary

Counts = Mapping[str, Mapping[str, int]]
# Short lists, whose gaps say something too: nobody works on Sundays.
WHOLE = ("day", "space")
# Of many languages and kinds of help those with most services, and whatever was chosen.
SHOWN_AT_MOST = 30


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int | None
    is_chosen: bool
    id: str


@dataclass(frozen=True)
class Facet:
    """`groups`: a heading, empty where there is none, and the options under it."""

    name: str
    label: str
    groups: list[tuple[str, list[Option]]]
    chosen: int


def facets_of(counts: Counts | None, chosen: Mapping[str, tuple[str, ...]]) -> list[Facet]:
    """Those that have something to choose. Without counts (nothing was answered) only what was chosen, to undo it."""
    made = (_facet(name, counts, chosen.get(name, ())) for name in facets.NAMES)
    return [facet for facet in made if facet.groups]


def _facet(name: str, counts: Counts | None, chosen: tuple[str, ...]) -> Facet:
    options = _options(name, None if counts is None else counts.get(name, {}), chosen)
    return Facet(name, str(facets.LABELS[name]), _grouped(name, options), len(chosen))


def _options(name: str, counts: Mapping[str, int] | None, chosen: tuple[str, ...]) -> list[Option]:
    found = counts or {}
    # Languages are named as they are offered: those that were counted are all there are here.
    named = [(value, facets.label(name, value)) for value in sorted(found)] if name == "language" else None
    known = {value: str(label) for value, label in (facets.choices(name) if named is None else named)}
    known.update((value, facets.label(name, value)) for value in chosen if value not in known)
    most = set(sorted(found, key=lambda value: -found[value])[:SHOWN_AT_MOST])
    shown = [
        value
        for value in known
        if value in chosen or (found.get(value) and value in most) or (counts is not None and name in WHOLE)
    ]
    return [
        Option(
            value=value,
            label=known[value],
            count=None if counts is None else found.get(value, 0),
            is_chosen=value in chosen,
            id=f"id_{name}_{at}",
        )
        for at, value in enumerate(shown)
    ]


def _grouped(name: str, options: Iterable[Option]) -> list[tuple[str, list[Option]]]:
    listed = list(options)
    if name != "category":
        return [("", listed)] if listed else []
    headings = {term.code: term.code if term.is_group else term.parent for term in vocabulary().terms}
    names = {term.code: term.name for term in vocabulary().terms}
    by_group = groupby(listed, key=lambda option: headings[option.value])
    return [(names[group], list(members)) for group, members in by_group]


def tags(chosen: Mapping[str, tuple[str, ...]], asked: Asked) -> list[Chip]:
    """Each choice with the address without it."""
    return [
        Chip(f"{facets.LABELS[name]}: {facets.label(name, value)}", asked.taking(name, value))
        for name, values in chosen.items()
        for value in values
    ]
