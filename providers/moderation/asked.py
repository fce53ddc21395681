"""All that a further council sees of a provider that asks it, fetched in a fixed number of queries."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from providers.credentials.dbs import dbs_records_for
from providers.credentials.relying import relies_on_others, to_rely_on
from providers.credentials.standing import Standing, standing, with_checks
from providers.models import Category, Check, CouncilListing, Credential, DbsRecord, Provider, Version
from providers.moderation.differences import Group
from providers.moderation.groups import groups_of
from registry.models import Council


@dataclass(frozen=True)
class Elsewhere:
    """The approved version, each credential with the check that may be relied on, and the lists it is on already."""

    groups: list[Group]
    approved_at: datetime.datetime | None
    credentials: list[tuple[Standing, Check | None]]
    dbs_records: list[DbsRecord]
    lists: list[CouncilListing]


def asked_of(councils: QuerySet[Council]) -> QuerySet[CouncilListing]:
    """The oldest first; those of a provider that is taken down wait until it is put back."""
    rows = CouncilListing.objects.asked().filter(council__in=councils, provider__in=Provider.listed.all())
    return rows.select_related("provider", "council").defer("council__boundary").order_by("asked_at", "pk")


def seen_elsewhere(listing: CouncilListing, today: datetime.date) -> Elsewhere:
    approved = Version.objects.filter(provider=listing.provider_id).first()
    names = dict(Category.objects.values_list("code", "name"))
    lists = CouncilListing.objects.current().filter(provider=listing.provider_id).select_related("council")
    return Elsewhere(
        groups=groups_of(approved.content, names) if approved else [],
        approved_at=approved.approved_at if approved else None,
        credentials=credentials_for(listing.provider_id, listing.council_id, today),
        dbs_records=dbs_records_for(listing.provider_id, listing.council_id),
        lists=list(lists.defer("council__boundary").order_by("listed_at")),
    )


def credentials_for(
    provider_id: uuid.UUID, council_code: str, today: datetime.date
) -> list[tuple[Standing, Check | None]]:
    """Each with the check of another council that this one may rely on."""
    mine = with_checks(Credential.every.filter(provider=provider_id, replaced_at__isnull=True))
    may_rely = relies_on_others(council_code)
    held = [standing(credential, today) for credential in mine]
    return [(one, to_rely_on(one.checks, council_code) if may_rely else None) for one in held]
