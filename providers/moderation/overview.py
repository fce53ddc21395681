"""All that a checker sees of one submission, fetched in a fixed number of queries."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from providers.credentials.dbs import dbs_records_for
from providers.credentials.standing import Standing
from providers.listings.freeze import frozen_listing, ready_to_freeze
from providers.models import Category, Check, DbsRecord, Provider, Service, Submission, Version
from providers.models.submission import Decision
from providers.moderation import rules
from providers.moderation.asked import credentials_for
from providers.moderation.differences import Change, Group, compare
from providers.moderation.facts import facts_of
from providers.moderation.groups import groups_of
from providers.moderation.wording import sentence


@dataclass(frozen=True)
class Overview:
    groups: list[Group]
    changes: list[Change]
    approved: Version | None
    credentials: list[tuple[Standing, Check | None]]
    dbs_records: list[DbsRecord]
    concerns: list[str]
    must_say_why: bool
    earlier: list[Submission]
    fingerprint: str


def overview(submission: Submission, today: datetime.date) -> Overview:
    provider = ready_to_freeze(Provider.every.filter(pk=submission.provider_id), Service.every.offered()).get()
    names = dict(Category.objects.values_list("code", "name"))
    listing = frozen_listing(provider)
    groups = groups_of(listing, names)
    approved = _approved_before(submission)
    facts = facts_of(submission)
    found = rules.findings(facts, today)
    return Overview(
        groups=groups,
        changes=compare(groups_of(approved.content, names), groups) if approved else [],
        approved=approved,
        credentials=credentials_for(provider.pk, submission.council_id, today),
        dbs_records=dbs_records_for(provider.pk, submission.council_id),
        concerns=[sentence(finding, facts) for finding in found],
        must_say_why=rules.must_say_why(found),
        earlier=_earlier(submission),
        fingerprint=fingerprint_of(listing),
    )


def _approved_before(submission: Submission) -> Version | None:
    """What the public sees while this waits. Once it is published there is nothing left to compare."""
    if submission.decision == Decision.PUBLISHED:
        return None
    return Version.objects.filter(provider=submission.provider_id).first()


def fingerprint_of(listing: dict[str, Any]) -> str:
    """Changes with every word of a listing, so that nobody publishes what they have not seen."""
    return hashlib.sha256(json.dumps(listing, sort_keys=True).encode()).hexdigest()[:32]


def _earlier(submission: Submission) -> list[Submission]:
    others = Submission.objects.filter(provider=submission.provider_id, sent_at__lt=submission.sent_at)
    return list(others.select_related("decided_by").order_by("-sent_at"))
