from __future__ import annotations

from django.db import transaction

from providers.models import Provider
from registry.audit.actions import record
from registry.models import User


@transaction.atomic
def note_taking(*, provider: Provider, kind: str, by: User) -> None:
    """That somebody took a copy of all there is: whoever runs it with them can see so."""
    record("provider.data_taken", by=by, target=provider, provider_id=provider.pk, fields=[kind])
