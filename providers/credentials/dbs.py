"""Which DBS records a council may know of: its own, and those the provider lets other councils know (rule 1)."""

from __future__ import annotations

import uuid

from django.db.models import Q

from providers.models import DbsRecord


def dbs_records_for(provider_id: uuid.UUID, council_code: str) -> list[DbsRecord]:
    may = Q(seen_for=council_code) | Q(shared_with_councils_since__isnull=False)
    records = DbsRecord.objects.filter(may, provider=provider_id).select_related("seen_for", "seen_by")
    return list(records.defer("seen_for__boundary").order_by("person_number", "-seen_on"))
