"""What the feed's attributes point at: taxonomies of ours and their terms, published with definitions.

The profile has no fields for what families of micro-enterprises ask (legal form, space, who can pay, checks seen), and
asks that such extras be attributes with a published taxonomy. A term once published is never used for something else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import TextChoices

from providers.credentials.kinds import FAMILY_NAMES, KINDS
from providers.meaning.vocabulary import Term as CareTerm
from providers.meaning.vocabulary import vocabulary
from providers.models.availability import Space
from providers.models.provider import LegalForm
from providers.models.service import Accessibility, ClientGroup, Delivery, Payer, RegulatoryBasis
from providers.open_referral.feed_ids import made_from

FILE = Path(__file__).parent / "data" / "taxonomies.json"
CHOICES: dict[str, type[TextChoices]] = {
    "client_group": ClientGroup,
    "legal_form": LegalForm,
    "payer": Payer,
    "space": Space,
    "delivery": Delivery,
    "accessibility": Accessibility,
    "regulation": RegulatoryBasis,
}
NAMES = {
    ("size", "one"): "One person",
    ("size", "two_to_four"): "Two to four people",
    ("size", "five_to_nine"): "Five to nine people",
    ("size", "ten_or_more"): "Ten people or more",
    ("ownership", "members"): "Owned and run by its members",
    ("ownership", "employer"): "Employs somebody",
    ("ownership", "no_employees"): "Employs nobody",
    ("check", "dbs"): "DBS certificate",
    ("source", "own"): "Registered by the provider",
    ("source", "imported"): "Taken from a public list",
}
Facts = dict[str, Any]


@dataclass(frozen=True)
class Term:
    taxonomy: str
    code: str
    told: Facts

    @property
    def id(self) -> str:
        return str(self.told["id"])


@dataclass(frozen=True)
class Taxonomy:
    code: str
    told: Facts
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Published:
    taxonomies: dict[str, Taxonomy]
    terms: dict[tuple[str, str], Term]
    by_id: dict[str, Term]


@cache
def published() -> Published:
    """A few hundred terms that only a new release changes, so a process keeps them."""
    written = json.loads(FILE.read_text(encoding="utf-8"))
    made = [_taxonomy(row, written) for row in written["taxonomies"]]
    terms = [term for taxonomy in made for term in taxonomy.terms]
    return Published(
        taxonomies={taxonomy.told["id"]: taxonomy for taxonomy in made},
        terms={(term.taxonomy, term.code): term for term in terms},
        by_id={term.id: term for term in terms},
    )


def term(taxonomy: str, code: str) -> Term | None:
    return published().terms.get((taxonomy, code))


def taxonomy_id(code: str) -> str:
    return made_from("taxonomy", code)


def size_of(people: int | None) -> str:
    """The code of the term; empty where the number is not known."""
    if not people:
        return ""
    steps = [(1, "one"), (4, "two_to_four"), (9, "five_to_nine")]
    return next((code for most, code in steps if people <= most), "ten_or_more")


def _taxonomy(row: dict[str, Any], written: dict[str, Any]) -> Taxonomy:
    told = {
        "id": taxonomy_id(row["code"]),
        "name": row["name"],
        "description": row["description"],
        "uri": f"{settings.SITE_URL}/open-referral/v3/taxonomies/{taxonomy_id(row['code'])}",
        "version": vocabulary().version if row["code"] == "care" else written["version"],
    }
    return Taxonomy(row["code"], told, tuple(_terms(row, told, written["languages"])))


def _terms(row: dict[str, Any], of: Facts, languages: list[str]) -> Iterable[Term]:
    code = row["code"]
    if code == "care":
        return [_care(term, of) for term in vocabulary().terms]
    if code == "language":
        return [_term(code, name.lower(), name, f"{name} is spoken, or signed.", of) for name in languages]
    said = [(one, _name(code, one), definition) for one, definition in row["definitions"].items()]
    if code == "check":
        said += [(kind.code, str(kind.name), f"{FAMILY_NAMES[kind.family]}: {kind.name}") for kind in KINDS.values()]
    return [_term(code, one, name, definition, of) for one, name, definition in said]


def _name(taxonomy: str, code: str) -> str:
    return NAMES.get((taxonomy, code)) or str(CHOICES[taxonomy](code).label)


def _care(term: CareTerm, of: Facts) -> Term:
    made = _term("care", term.code, term.name, term.definition, of)
    if term.parent:
        made.told["parent_id"] = made_from("term", "care", term.parent)
    if term.lga_number:
        made.told["term_uri"] = f"http://id.esd.org.uk/service/{term.lga_number}"
    return made


def _term(taxonomy: str, code: str, name: str, definition: str, of: Facts) -> Term:
    id = made_from("term", taxonomy, code)
    told = {
        "id": id,
        "name": name,
        "description": definition,
        "taxonomy": of["name"],
        "taxonomy_id": of["id"],
        "term_uri": f"{settings.SITE_URL}/open-referral/v3/taxonomy_terms/{id}",
    }
    return Term(taxonomy, code, told)
