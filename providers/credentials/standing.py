"""How a credential stands today, read from its fetched checks. Fetch them first (`with_checks`) for lists."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from providers.credentials.rules import Status, status
from providers.credentials.wording import STATUS_WORDS, what_is_held
from providers.models import Check, Credential, Evidence
from providers.models.check import CheckOutcome

COLOURS = {
    Status.WAITING: "blue",
    Status.CURRENT: "green",
    Status.ENDING_SOON: "yellow",
    Status.NOT_YET: "grey",
    Status.LAPSED: "orange",
    Status.REFUSED: "red",
}


@dataclass(frozen=True)
class Standing:
    """A credential as a page shows it: what is held, how it stands, what there is to open, who looked."""

    credential: Credential
    what: str
    status: Status
    words: str
    colour: str
    checks: list[Check]
    evidence: list[Evidence]

    @property
    def is_settled(self) -> bool:
        return bool(self.checks)


def with_checks(credentials: QuerySet[Credential]) -> QuerySet[Credential]:
    checks = Check.objects.select_related("council", "by").order_by("-recorded_at")
    proof = Evidence.objects.filter(purged_at__isnull=True).order_by("page", "uploaded_at")
    return credentials.select_related("provider").prefetch_related(
        Prefetch("checks", checks), Prefetch("evidence", proof)
    )


def status_of(credential: Credential, today: datetime.date) -> Status:
    """By its dates and its newest check, whichever council made it."""
    newest = newest_check(credential)
    return status(
        starts_on=credential.starts_on,
        ends_on=credential.ends_on,
        seen=newest is not None and newest.outcome == CheckOutcome.SEEN,
        refused=newest is not None and newest.outcome == CheckOutcome.NOT_ACCEPTED,
        today=today,
    )


def newest_check(credential: Credential) -> Check | None:
    return max(credential.checks.all(), key=lambda check: check.recorded_at, default=None)


def standing(credential: Credential, today: datetime.date) -> Standing:
    found = status_of(credential, today)
    return Standing(
        credential=credential,
        what=what_is_held(credential),
        status=found,
        words=str(STATUS_WORDS[found]),
        colour=COLOURS[found],
        checks=list(credential.checks.all()),
        evidence=list(credential.evidence.all()),
    )
