"""What the profile has no field for, as attributes: a term of a published taxonomy, and where it helps a `value`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from providers.finding import wording
from providers.models.availability import Space
from providers.models.provider import LegalForm
from providers.open_referral.feed_doors import Frozen
from providers.open_referral.feed_entries import Entry
from providers.open_referral.feed_ids import made_from
from providers.open_referral.feed_terms import size_of, term

# Taxonomy, code of the term, value; an empty value says nothing more than the term.
Said = tuple[str, str, str]


def of_service(entry: Entry) -> list[dict[str, Any]]:
    """All of it, the provider's included: a service found by a term shows that term."""
    return _attributes(entry.id, [*_of_service(entry), *_of_provider(entry)])


def of_organization(entry: Entry) -> list[dict[str, Any]]:
    return _attributes(entry.provider_id, _of_provider(entry))


def space_today(entry: Entry) -> str:
    """Who said when they would be back, and is past that day, has said nothing about today."""
    availability = entry.service["availability"]
    is_back = availability["away_until"] and availability["away_until"] <= entry.today.isoformat()
    gone = availability["space"] == Space.AWAY and is_back
    return str(Space.NOT_KNOWN) if gone else availability["space"]


def _of_service(entry: Entry) -> Iterable[Said]:
    frozen = entry.service
    for taxonomy, codes in (
        ("care", frozen["categories"]),
        ("client_group", frozen["client_groups"]),
        ("payer", frozen["payers"]),
        ("delivery", frozen.get("delivery") or []),
        ("accessibility", frozen.get("accessibility") or []),
    ):
        yield from ((taxonomy, code, "") for code in codes)
    yield from (("language", spoken.lower(), "") for spoken in frozen["languages"])
    space = wording.space(frozen["availability"] | wording.confirmed(entry.confirmed_on), entry.today)
    yield "space", space_today(entry), space
    yield "regulation", frozen["regulatory_basis"], wording.regulation(frozen, entry.nation)


def _of_provider(entry: Entry) -> Iterable[Said]:
    content = entry.content
    if content["legal_form"] != LegalForm.UNKNOWN:
        yield "legal_form", content["legal_form"], ""
    if content["people"]:
        yield "size", size_of(content["people"]), str(content["people"])
    yield from (("ownership", code, "") for code in _ownership(content))
    yield from (("check", kind, told) for kind, told in zip(entry.checks.kinds, entry.checks.current, strict=True))
    yield "source", "imported" if content["source"] else "own", content["source"] or _("This register")


def _ownership(content: Frozen) -> Iterable[str]:
    if content["run_by_members"]:
        yield "members"
    if content["employs_anyone"] is not None:
        yield "employer" if content["employs_anyone"] else "no_employees"


def _attributes(of: UUID, told: Iterable[Said]) -> list[dict[str, Any]]:
    """What is in none of our lists (a language typed by hand) has no term, and so no attribute."""
    known = [(term(taxonomy, code), value) for taxonomy, code, value in dict.fromkeys(told)]
    return [
        {
            "id": made_from("attribute", str(of), found.id, value),
            "link_id": str(of),
            "link_type": found.taxonomy,
            "taxonomy_term_id": found.id,
            "taxonomy_term": found.told,
        }
        | ({"value": value} if value else {})
        for found, value in known
        if found is not None
    ]
