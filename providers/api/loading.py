"""Listed services and providers from their approved versions: queries do not grow with the rows."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from providers.finding.checks import Checks, checks_of
from providers.models import Provider, Service, Version

Frozen = dict[str, Any]


@dataclass(frozen=True)
class Loaded:
    """One service with what is approved of it and of its provider, and what holds of both today."""

    service: Frozen
    content: Frozen
    provider_id: UUID
    nation: str
    confirmed_on: datetime.date | None
    checks: Checks


def open_providers() -> QuerySet[Provider]:
    """The public's, without those who stay out of open data: they are found on the website alone."""
    return Provider.listed.filter(out_of_feed_since__isnull=True)


def load_services(ids: Collection[UUID], today: datetime.date) -> dict[UUID, Loaded]:
    """Those of them that are listed and open today, by id."""
    rows = Service.listed.filter(pk__in=ids, provider__out_of_feed_since__isnull=True)
    facts = rows.values_list("pk", "provider", "provider__home_council__nation", "availability__confirmed_on")
    known = list(facts)
    providers = {provider for _pk, provider, _nation, _confirmed in known}
    contents, checks = contents_of(providers), checks_of(providers, today)
    found: dict[UUID, Loaded] = {}
    for pk, provider, nation, confirmed_on in known:
        content = contents.get(provider)
        frozen = service_in(content, pk) if content else None
        if content and frozen:
            found[pk] = Loaded(frozen, content, provider, nation, confirmed_on, checks[provider])
    return found


def contents_of(providers: Collection[UUID]) -> dict[UUID, Frozen]:
    """What is approved of each today."""
    newest = Version.objects.filter(provider__in=providers).order_by("provider_id", "-number").distinct("provider_id")
    return dict(newest.values_list("provider", "content"))


def service_in(content: Frozen, service_id: UUID) -> Frozen | None:
    return next((frozen for frozen in content["services"] if frozen["id"] == str(service_id)), None)
