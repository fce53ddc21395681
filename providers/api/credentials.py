"""What a caller may see of a provider's papers: the public, its own people, the councils that look at it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext as _

from providers.access import looked_at_by, providers_of
from providers.api.facts import Facts, told
from providers.api.loading import open_providers
from providers.credentials.dbs import dbs_records_for
from providers.credentials.kinds import name_of
from providers.credentials.standing import having_status, status_of, with_checks
from providers.credentials.wording import Looked, dbs_sentence, public_sentence, what_is_held
from providers.finding.checks import TOLD, look_at
from providers.models import Check, Credential, DbsRecord, Provider, Version
from providers.models.check import CheckOutcome
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.models import Council, User


def credentials_seen_by(user: User | AnonymousUser, provider_id: UUID, today: datetime.date) -> Facts:
    """404 where the provider is neither the caller's, nor looked at by a council of theirs, nor open to all."""
    facts = {"provider_id": str(provider_id), "as_of": today.isoformat()}
    facts["note"] = _("Listed is not recommended: these are facts that a council saw proof of on a day.")
    if providers_of(user).filter(pk=provider_id).exists():
        records = list(DbsRecord.objects.filter(provider=provider_id).select_related("seen_for").order_by("pk"))
        return {**facts, "seen_as": "member", **_whole(provider_id, records, today)}
    councils = councils_where(user, Permission.CHECK_PROVIDERS)
    if looked_at_by(councils).filter(pk=provider_id).exists():
        return {**facts, "seen_as": "council", **_whole(provider_id, _known_to(councils, provider_id), today)}
    if not open_providers().filter(pk=provider_id).exists():
        raise Http404("No such provider for this person")
    return {**facts, "seen_as": "public", **_public(provider_id, today)}


def _known_to(councils: Iterable[Council], provider_id: UUID) -> list[DbsRecord]:
    """Of DBS certificates, what each of these councils may know (rule 1)."""
    known = {record.pk: record for council in councils for record in dbs_records_for(provider_id, council.pk)}
    return list(known.values())


def _public(provider_id: UUID, today: datetime.date) -> Facts:
    """What the public pages say, as facts: what was seen and not refused since; nothing that waits."""
    seen = Prefetch("checks", Check.objects.select_related("council", "relies_on").defer("council__boundary"))
    held = having_status(Credential.listed.filter(provider=provider_id), TOLD, today)
    rows = held.select_related("provider").prefetch_related(seen)
    newest = Version.objects.filter(provider=provider_id).values_list("content__people", flat=True).first()
    shown = DbsRecord.objects.filter(provider=provider_id, shown_publicly_since__isnull=False)
    records = shown.select_related("seen_for").order_by("-seen_on", "seen_for_id")
    # Two people's certificates that one council saw on one day read the same.
    sentences = {dbs_sentence(record.seen_for, record.seen_on): _dbs(record) for record in records}
    return {"credentials": [_shown(row, newest, today) for row in rows], "dbs": list(sentences.values())}


def _shown(credential: Credential, people: int | None, today: datetime.date) -> Facts:
    look = look_at(credential.checks.all(), people)
    relying = [_council(check.council) for check in look.relying]
    return _held(credential, people, today) | told(
        {
            "words": public_sentence(credential, look, today),
            "checks": [_look(look.check)] if look.check else [],
            "relied_on_by": relying,
        }
    )


def _whole(provider_id: UUID, records: Iterable[DbsRecord], today: datetime.date) -> Facts:
    people = Provider.every.values_list("people", flat=True).get(pk=provider_id)
    rows = with_checks(Credential.every.filter(provider=provider_id, replaced_at__isnull=True))
    return {
        "credentials": [_to_the_last(row, people, today) for row in rows],
        "dbs": [_dbs(record) | _about_certificate(record) for record in records],
    }


def _to_the_last(credential: Credential, people: int | None, today: datetime.date) -> Facts:
    return _held(credential, people, today) | told(
        {
            "id": str(credential.pk),
            "status": str(status_of(credential, today)),
            "issuer": credential.issuer,
            "reference": credential.reference,
            "amount_pence": credential.amount_pence,
            "checks": [_look(check) for check in credential.checks.all()],
            "pages": len(credential.evidence.all()),
        }
    )


def _held(credential: Credential, people: int | None, today: datetime.date) -> Facts:
    return told(
        {
            "kind": credential.kind,
            "kind_name": str(name_of(credential.kind)),
            "held": what_is_held(credential, people),
            "in_force": status_of(credential, today).holds_today,
            "starts_on": credential.starts_on.isoformat(),
            "ends_on": credential.ends_on.isoformat() if credential.ends_on else None,
        }
    )


def _look(check: Looked) -> Facts:
    return {
        "council": _council(check.council),
        "on": check.seen_on.isoformat(),
        "means": check.means,
        "outcome": CheckOutcome(check.outcome).value,
    }


def _dbs(record: DbsRecord) -> Facts:
    seen = {"council": _council(record.seen_for), "seen_on": record.seen_on.isoformat()}
    return {"words": dbs_sentence(record.seen_for, record.seen_on), **seen}


def _about_certificate(record: DbsRecord) -> Facts:
    return told(
        {
            "level": record.level,
            "issued_on": record.issued_on.isoformat(),
            "last_four": record.last_four,
            "on_update_service": record.on_update_service,
            "person_number": record.person_number,
        }
    )


def _council(council: Council) -> Facts:
    return {"code": council.pk, "name": council.full_name}
