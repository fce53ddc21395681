"""Facts of a frozen listing as the API gives them: plain values, and what is not known left out (rule 14)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from providers.finding import open_facts
from providers.finding.results import Result
from providers.listings.freeze import METRES_IN_A_MILE
from providers.listings.search import Hit
from providers.models.availability import Space

Facts = dict[str, Any]
WAYS = ("comes", "anywhere_in_area", "near_enough")
# Of `Listing.listed`, in the order in which `_least` reads them; as models they take longer than the whole search.
LEAST = """
SELECT listing.service_id, listing.name, listing.provider_id, listing.provider_name, provider.slug,
    listing.space, listing.away_until, listing.price_pence, listing.price_unit
FROM providers_listing AS listing JOIN providers_provider AS provider ON provider.id = listing.provider_id
WHERE listing.service_id = ANY(%s) AND provider.suspended_at IS NULL AND provider.left_at IS NULL
"""


def told(facts: Facts) -> Facts:
    """Without what is not known: never null, "", [] or {}."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}


def service_facts(result: Result, hit: Hit | None = None) -> Facts:
    """One service whole. Fields that Open Referral UK 3.0 also has are in its form; the others are ours."""
    service, content = result.service, result.content
    return told(
        {
            "id": result.id,
            "name": result.name,
            # What is listed is offered; one who is away or full says so in `space`.
            "status": "active",
            "description": result.description,
            "provider_name": result.provider_name,
            "provider_url": provider_page(result.slug),
            "why": result.why,
            "ways": _ways(hit) if hit else [],
            "miles_away": _miles(hit) if hit else None,
            "categories": result.categories,
            "category_codes": service["categories"],
            "client_groups": service["client_groups"],
            "price": result.price,
            "space": result.space,
            "payers": result.payers,
            "regulation": result.regulation,
            "checks": result.checks.current,
            "cost_options": open_facts.cost_options(service),
            "schedules": open_facts.schedules(service),
            "languages": open_facts.languages(service),
            "accessibility": open_facts.accessibility(service),
            "organization": open_facts.organization(content, result.provider_id),
            "taken_from": result.source,
        }
    )


def minimal_facts(hits: Sequence[Hit], today: datetime.date) -> list[Facts]:
    """The least that a list needs, in one query that reads no version."""
    with connection.cursor() as cursor:
        cursor.execute(LEAST, [[hit.listing_id for hit in hits]])
        found = {row[0]: row for row in cursor.fetchall()}
    return [_least(hit, row, today) for hit in hits if (row := found.get(hit.listing_id))]


def _least(hit: Hit, row: tuple[Any, ...], today: datetime.date) -> Facts:
    pk, name, provider, provider_name, slug, space, away_until, pence, unit = row
    is_back = space == Space.AWAY and away_until is not None and away_until < today
    return told(
        {
            "id": str(pk),
            "name": name,
            "provider_id": str(provider),
            "provider_name": provider_name,
            "provider_url": provider_page(slug),
            "ways": _ways(hit),
            "miles_away": _miles(hit),
            "space_now": Space.NOT_KNOWN.value if is_back else space,
            "price_pence": pence,
            "price_unit": unit,
        }
    )


def _ways(hit: Hit) -> list[str]:
    return [way for way in WAYS if getattr(hit, way)]


def _miles(hit: Hit) -> int | None:
    """Whole ones, 0 for less than one: finer would find the street that somebody lives in (rule 10)."""
    return None if hit.metres_away is None else round(hit.metres_away / METRES_IN_A_MILE)


def provider_facts(provider_id: UUID, content: Facts) -> Facts:
    """The provider as it is open to all: phone and email stay on its page, where it can be asked to leave."""
    return told(
        {
            "id": str(provider_id),
            "name": content["name"],
            "url": provider_page(content["slug"]),
            "about": content["about"],
            "legal_form": content["legal_form"],
            "people": content["people"],
            "run_by_members": content["run_by_members"],
            "town": content["town"],
            "postcode_district": content["outcode"],
            "council": content["home_council"],
            "identifiers": content.get("identifiers") or [],
            "services": [_named(service) for service in content["services"]],
            "taken_from": content["source"],
        }
    )


def _named(service: Facts) -> Facts:
    return told({"id": service["id"], "name": service["name"], "category_codes": service["categories"]})


def provider_page(slug: str) -> str:
    return f"{settings.SITE_URL}/providers/{slug}/"
