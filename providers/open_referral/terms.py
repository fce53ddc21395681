"""Attributes and taxonomy terms as a row carries them, whichever of the standard's shapes it has. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from providers.open_referral.plain import Row, rows, text

MOST_TERMS = 200


@dataclass(frozen=True)
class Term:
    """One term that something is labelled with; `value` is what it is worth where a label alone does not say."""

    taxonomy: str
    code: str
    name: str
    uri: str
    value: str


Terms = tuple[Term, ...]


def terms_of(row: Row) -> Terms:
    """Attributes of HSDS 3 and the UK profile, `taxonomies` of early 3.0 and `categories` of older systems."""
    labelled = [*rows(row, "attributes"), *rows(row, "taxonomies"), *rows(row, "categories")]
    return tuple(term for attribute in labelled[:MOST_TERMS] if (term := _term(attribute)))


def _term(attribute: Row) -> Term | None:
    inner = attribute.get("taxonomy_term")
    # Some systems put the term where its attribute should be.
    term: Row = inner if isinstance(inner, Mapping) else attribute
    found = Term(
        taxonomy=_taxonomy(term),
        code=text(term, "term") or text(term, "code"),
        name=text(term, "name") or text(attribute, "label"),
        uri=text(term, "term_uri"),
        value=text(attribute, "value"),
    )
    return found if found.code or found.name or found.uri else None


def _taxonomy(term: Row) -> str:
    detail = term.get("taxonomy_detail")
    inner = detail if isinstance(detail, Mapping) else term.get("taxonomy")
    if isinstance(inner, Mapping):
        return text(inner, "name") or text(inner, "uri") or text(inner, "id")
    return text(term, "taxonomy") or text(term, "vocabulary") or text(term, "taxonomy_id")
