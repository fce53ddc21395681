"""What a provider says it holds, each with how it stands today, for its own page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from providers.credentials.rules import Status, days_left, employers_liability_applies
from providers.credentials.standing import status_of
from providers.credentials.wording import day, status_words, what_is_held
from providers.models import Credential, Evidence, Provider

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
    words: str
    colour: str
    evidence: list[Evidence]


def held_by(provider: Provider, today: datetime.date) -> list[Held]:
    rows = Credential.every.filter(provider=provider, replaced_at__isnull=True)
    rows = rows.select_related("provider").prefetch_related("checks", "evidence")
    return [_held(credential, today) for credential in rows]


def needs_no_employers_liability(provider: Provider) -> bool:
    return employers_liability_applies(employs_anyone=provider.employs_anyone) is False


def _held(credential: Credential, today: datetime.date) -> Held:
    stands = status_of(credential, today)
    return Held(
        what=what_is_held(credential, credential.provider.people),
        ends=day(credential.ends_on) if credential.ends_on else "",
        words=status_words(stands, days_left(ends_on=credential.ends_on, today=today)),
        colour=COLOURS[stands],
        evidence=[evidence for evidence in credential.evidence.all() if evidence.purged_at is None],
    )
