"""The published vocabulary of care and support: read from its file, put into the table, given out again.

Context: councils, families and imported feeds each call the same help by other names. Decision: one small list in two
levels, kept as data in this repository with a version, and loaded by a migration. Consequence: a term is changed by a
pull request, every installation has the same codes, and a code once published is never used for something else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "vocabulary.json"


@dataclass(frozen=True)
class Term:
    code: str
    parent: str
    name: str
    definition: str
    everyday_words: tuple[str, ...]
    regulation: str
    lga_number: int | None
    position: int

    @property
    def is_group(self) -> bool:
        return not self.parent


@dataclass(frozen=True)
class Vocabulary:
    version: str
    licence: str
    terms: tuple[Term, ...]

    def groups(self) -> list[tuple[Term, list[Term]]]:
        """Each group with its terms, in the order of the file."""
        return [(group, [t for t in self.terms if t.parent == group.code]) for group in self.terms if group.is_group]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary as shipped: some ninety rows, so a process keeps it once read."""
    written = json.loads(FILE.read_text(encoding="utf-8"))
    terms = tuple(_term(row, position) for position, row in enumerate(written["terms"], start=1))
    return Vocabulary(written["version"], written["licence"], terms)


def _term(row: dict[str, Any], position: int) -> Term:
    return Term(
        code=row["code"],
        parent=row.get("parent", ""),
        name=row["name"],
        definition=row["definition"],
        everyday_words=tuple(row["everyday_words"]),
        regulation=row.get("regulation", "none"),
        lga_number=row.get("lga_number"),
        position=position,
    )


def load(model: Any) -> int:
    """Write the vocabulary into `model`'s table, and say how many rows it has; may be run again after a change.

    The model is an argument, because a migration has its own idea of what Category is.
    """
    # Groups come before their terms in the file, so that a parent is always there.
    for term in vocabulary().terms:
        model.objects.update_or_create(
            code=term.code,
            defaults={
                "parent_id": term.parent or None,
                "name": term.name,
                "definition": term.definition,
                "everyday_words": list(term.everyday_words),
                "regulation": term.regulation,
                "lga_number": term.lga_number,
                "position": term.position,
                "vocabulary_version": vocabulary().version,
            },
        )
    return len(vocabulary().terms)


def published() -> dict[str, Any]:
    """What /categories.json gives: the file's own words, with no empty values (rule 14)."""
    return {
        "version": vocabulary().version,
        "licence": vocabulary().licence,
        "terms": [_published_term(term) for term in vocabulary().terms],
    }


def _published_term(term: Term) -> dict[str, Any]:
    facts = {
        "code": term.code,
        "parent": term.parent,
        "name": term.name,
        "definition": term.definition,
        "everyday_words": list(term.everyday_words),
        # A group is only a heading: what is regulated is said of its terms.
        "regulation": "" if term.is_group else term.regulation,
        "lga_service": f"http://id.esd.org.uk/service/{term.lga_number}" if term.lga_number else "",
    }
    return {key: value for key, value in facts.items() if value}
