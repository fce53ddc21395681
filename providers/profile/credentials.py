"""What a provider says it holds, each with how it stands today, for its own page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise

from providers.credentials.rules import Status, employers_liability_applies, status
from providers.credentials.wording import STATUS_WORDS, day, what_is_held
from providers.models import Credential, Evidence, Provider
from providers.models.check import CheckOutcome

COLOURS = {
    Status.WAITING: "blue",
    Status.CURRENT: "green",
    Status.ENDING_SOON: "yellow",
    Status.NOT_YET: "blue",
    Status.LAPSED: "red",
    Status.REFUSED: "red",
    Status.DOES_NOT_APPLY: "grey",
}


@dataclass(frozen=True)
class Held:
    what: str
    ends: str
    words: str | Promise
    colour: str
    evidence: list[Evidence]


def held_by(provider: Provider, today: datetime.date) -> list[Held]:
    rows = Credential.every.filter(provider=provider, replaced_at__isnull=True)
    rows = rows.select_related("provider").prefetch_related("checks", "evidence")
    return [_held(credential, today) for credential in rows]


def needs_no_employers_liability(provider: Provider) -> bool:
    return employers_liability_applies(employs_anyone=provider.employs_anyone) is False


def _held(credential: Credential, today: datetime.date) -> Held:
    outcomes = [check.outcome for check in credential.checks.all()]
    stands = status(
        starts_on=credential.starts_on,
        ends_on=credential.ends_on,
        seen=CheckOutcome.SEEN in outcomes,
        # Checks come newest first: the newest answer counts.
        refused=outcomes[:1] == [CheckOutcome.NOT_ACCEPTED],
        today=today,
    )
    return Held(
        what=what_is_held(credential),
        ends=day(credential.ends_on) if credential.ends_on else "",
        words=STATUS_WORDS[stands],
        colour=COLOURS[stands],
        evidence=[evidence for evidence in credential.evidence.all() if evidence.purged_at is None],
    )
