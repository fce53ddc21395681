"""Facts of a frozen listing as the API gives them: plain values, and what is not known left out (rule 14)."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from providers.api.loading import Loaded
from providers.finding import open_facts, wording
from providers.models.service import Payer

Facts = dict[str, Any]


def told(facts: Facts) -> Facts:
    """Without what is not known: never null, "" or []."""
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def service_facts(loaded: Loaded, why: list[str], today: datetime.date) -> Facts:
    """One service whole. Fields that Open Referral UK 3.0 also has are in its form; the others are ours."""
    service, content = loaded.service, loaded.content
    availability = service["availability"] | wording.confirmed(loaded.confirmed_on)
    return told(
        {
            "id": service["id"],
            "name": service["name"],
            # What is listed is offered; one who is away or full says so in `space`.
            "status": "active",
            "description": service["description"],
            "provider_name": content["name"],
            "provider_url": provider_page(content),
            "why": why,
            "categories": wording.category_names(service["categories"]),
            "category_codes": service["categories"],
            "client_groups": service["client_groups"],
            "price": wording.price(service),
            "space": wording.space(availability, today),
            "payers": wording.labels(Payer, service["payers"]),
            "regulation": wording.regulation(service, loaded.nation),
            "checks": loaded.checks.current,
            "cost_options": open_facts.cost_options(service),
            "schedules": open_facts.schedules(service),
            "languages": open_facts.languages(service),
            "accessibility": open_facts.accessibility(service),
            "organization": open_facts.organization(content, loaded.provider_id),
            "taken_from": content["source"],
        }
    )


def provider_facts(provider_id: UUID, content: Facts) -> Facts:
    """The provider as it is open to all: phone and email stay on its page, where it can be asked to leave."""
    return told(
        {
            "id": str(provider_id),
            "name": content["name"],
            "url": provider_page(content),
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


def availability_facts(service_id: UUID, said: Facts) -> Facts:
    return told({"service_id": str(service_id), **said})


def provider_page(content: Facts) -> str:
    return f"{settings.SITE_URL}/providers/{content['slug']}/"
