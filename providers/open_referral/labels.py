"""What a row's taxonomy terms mean in our words: our own taxonomies whole, the LGA's numbers, others by their names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import override

from providers.meaning.vocabulary import vocabulary
from providers.models.availability import Space
from providers.models.provider import LegalForm
from providers.models.service import Accessibility, ClientGroup, Delivery, Payer, RegulatoryBasis
from providers.open_referral.terms import Term, Terms

OWN: dict[str, type[TextChoices]] = {
    "client_group": ClientGroup,
    "payer": Payer,
    "delivery": Delivery,
    "accessibility": Accessibility,
    "legal_form": LegalForm,
    "regulation": RegulatoryBasis,
    "space": Space,
}
# The codes and names under which our own taxonomies are published, as written in lower case.
TAXONOMIES = {
    "who it is for": "client_group",
    "legal form": "legal_form",
    "how many people": "size",
    "who owns it": "ownership",
    "who can pay": "payer",
    "where help is given": "delivery",
    "what helps people use it": "accessibility",
    "languages": "language",
    "checks seen": "check",
    "where the record comes from": "source",
    "care and support": "care",
}
LGA = re.compile(r"id\.esd\.org\.uk/service/(\d{1,6})$|^esd(?:services)?:(\d{1,6})$", re.I)


@dataclass(frozen=True)
class Labels:
    """Codes of our own, by facet; `others` are the names of terms that none of them knows."""

    by_facet: dict[str, list[str]]
    values: dict[str, str]
    categories: tuple[str, ...]
    others: tuple[str, ...]

    def codes(self, facet: str) -> list[str]:
        return self.by_facet.get(facet, [])

    def one(self, facet: str) -> str:
        """The code, where there is exactly one: two legal forms are none."""
        found = self.codes(facet)
        return found[0] if len(found) == 1 else ""


def labels_of(terms: Terms) -> Labels:
    found: dict[str, list[str]] = defaultdict(list)
    values: dict[str, str] = {}
    categories: list[str] = []
    others: list[str] = []
    for term in terms:
        facet, code = _own(term)
        if facet:
            found[facet] += [code] if code not in found[facet] else []
            values.setdefault(facet, term.value)
        elif known := _categories(term):
            categories += known
        elif term.name:
            others.append(term.name)
    return Labels(dict(found), values, tuple(dict.fromkeys(categories)), tuple(dict.fromkeys(others)))


def _own(term: Term) -> tuple[str, str]:
    """The facet and the code of a term of one of our own taxonomies; nothing for any other."""
    named = term.taxonomy.casefold()
    facet = TAXONOMIES.get(named, named)
    if facet == "language":
        return (facet, term.name[:40]) if term.name else ("", "")
    if facet == "check":
        # The value names the check, the council and the day; the term alone only the first.
        return facet, (term.value or term.name)[:300]
    if facet in ("size", "ownership", "source"):
        return facet, term.code or term.name
    if facet not in OWN:
        return "", ""
    code = _codes(facet).get(term.code.casefold()) or _codes(facet).get(term.name.casefold())
    return (facet, code) if code else ("", "")


@cache
def _codes(facet: str) -> dict[str, str]:
    """By code and by English name, for other systems give a term without its code."""
    with override("en-gb"):
        choices = OWN[facet].choices
        return {str(written).casefold(): value for value, label in choices for written in (value, label)}


def _categories(term: Term) -> list[str]:
    """Terms of the vocabulary that are meant: by code, by number in the LGA's list of services, by exact name."""
    by_name, by_number = _care()
    found = LGA.search(term.uri) or LGA.search(term.code)
    if found:
        return by_number.get(int(found[1] or found[2]), [])
    last_of_uri = term.uri.rstrip("/").rpartition("/")[2]
    for written in (term.code, last_of_uri, term.name):
        if code := by_name.get(written.casefold()):
            return [code]
    return []


def care_codes() -> dict[str, str]:
    """By code and by name in lower case, the code of each kind of help."""
    return _care()[0]


@cache
def _care() -> tuple[dict[str, str], dict[int, list[str]]]:
    by_name: dict[str, str] = {}
    by_number: dict[int, list[str]] = defaultdict(list)
    for term in vocabulary().terms:
        if not term.is_group:
            by_name[term.code] = by_name[term.name.casefold()] = term.code
        if term.lga_number and not term.is_group:
            by_number[term.lga_number].append(term.code)
    return by_name, dict(by_number)
