"""The one way to write the audit: inside the transaction of the change it tells of."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import models

from registry.copying import copy_in
from registry.models import AuditEvent, Council, User


def record(
    verb: str,
    *,
    by: User | None,
    target: models.Model,
    council: Council | str | None = None,
    provider_id: uuid.UUID | None = None,
    fields: Iterable[str] = (),
) -> AuditEvent:
    """Write one line of the audit.

    `verb` is one that an app registered with its sentence (registry.audit.sentences); `by` is None for a job of the
    site itself; `fields` are names of fields, never their values (rule 15).
    """
    line = event(verb, by=by, target=target, council=council, provider_id=provider_id, fields=fields)
    line.save(force_insert=True)
    return line


def record_many(events: Iterable[AuditEvent]) -> None:
    """The same for a change of many things at once; each line comes from `event`."""
    copy_in(events)


def event(
    verb: str,
    *,
    by: User | None,
    target: models.Model,
    council: Council | str | None = None,
    provider_id: uuid.UUID | None = None,
    fields: Iterable[str] = (),
) -> AuditEvent:
    """A line of the audit that is not written yet."""
    council_code = council.pk if isinstance(council, Council) else council or ""
    return AuditEvent(
        verb=verb,
        by=by,
        target_kind=target._meta.label_lower,
        target_id=str(target.pk),
        council_code=council_code,
        provider_id=provider_id,
        fields=sorted(fields),
    )
