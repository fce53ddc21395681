"""How a credential stands today, read from its fetched checks. Fetch them first (`with_checks`) for lists."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Prefetch, Q, QuerySet, TextField, Value, When

from providers.credentials.rules import SOON, Status, days_left, employers_liability_applies, status
from providers.credentials.wording import Held, status_words, what_is_held
from providers.models import Check, Credential, Evidence
from providers.models.check import CheckOutcome
from providers.models.credential import newest_outcome

COLOURS = {
    Status.WAITING: "blue",
    Status.CURRENT: "green",
    Status.ENDING_SOON: "yellow",
    Status.NOT_YET: "grey",
    Status.LAPSED: "orange",
    Status.REFUSED: "red",
    Status.DOES_NOT_APPLY: "grey",
}
EMPLOYERS_LIABILITY = "employers_liability"


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
    checks = Check.objects.select_related("council", "by", "relies_on__council").order_by("-recorded_at", "-pk")
    proof = Evidence.objects.filter(purged_at__isnull=True).order_by("page", "uploaded_at")
    return credentials.select_related("provider").prefetch_related(
        Prefetch("checks", checks), Prefetch("evidence", proof)
    )


def status_of(credential: Credential, today: datetime.date) -> Status:
    """By its dates and the check that counts, whichever council made it."""
    counts = counting_check(credential)
    outcome = counts.outcome if counts is not None else None
    return status_after(credential, outcome, today, employs_anyone=credential.provider.employs_anyone)


def status_after(claim: Held, outcome: str | None, today: datetime.date, *, employs_anyone: bool | None) -> Status:
    """The same where the outcome of the check that counts is known; None where nobody has looked."""
    return status(
        starts_on=claim.starts_on,
        ends_on=claim.ends_on,
        seen=outcome == CheckOutcome.SEEN,
        refused=outcome == CheckOutcome.NOT_ACCEPTED,
        today=today,
        applies=applies(claim.kind, employs_anyone),
    )


def counting_check(credential: Credential) -> Check | None:
    """The check that counts: the one recorded last, whatever day it speaks of and whichever council made it.

    By the day of looking, a refusal written down today of a paper seen last week would lose to a look of yesterday;
    and whoever records last could read all that was recorded before.
    """
    return max(credential.checks.all(), key=lambda check: (check.recorded_at, check.pk), default=None)


def applies(kind: str, employs_anyone: bool | None) -> bool:
    return kind != EMPLOYERS_LIABILITY or employers_liability_applies(employs_anyone=employs_anyone) is not False


def having_status(
    credentials: QuerySet[Credential], wanted: Iterable[Status], today: datetime.date
) -> QuerySet[Credential]:
    """Those that stand so today: `status_of` in SQL, for lists that are filtered by it."""
    newest = {"newest_outcome": newest_outcome()}
    return credentials.alias(**newest).alias(status=_case(today)).filter(status__in=list(wanted))


def _case(today: datetime.date) -> Case:
    """The branches of `rules.status`, in its order."""
    in_order = [
        (Q(kind=EMPLOYERS_LIABILITY, provider__employs_anyone=False), Status.DOES_NOT_APPLY),
        (Q(newest_outcome=CheckOutcome.NOT_ACCEPTED), Status.REFUSED),
        (Q(ends_on__lt=today), Status.LAPSED),
        (Q(newest_outcome__isnull=True) | Q(newest_outcome=CheckOutcome.TAKEN_BACK), Status.WAITING),
        (Q(starts_on__gt=today), Status.NOT_YET),
        (Q(ends_on__lte=today + SOON), Status.ENDING_SOON),
    ]
    cases = [When(condition, then=Value(str(found))) for condition, found in in_order]
    return Case(*cases, default=Value(str(Status.CURRENT)), output_field=TextField())


def standing(credential: Credential, today: datetime.date) -> Standing:
    found = status_of(credential, today)
    return Standing(
        credential=credential,
        what=what_is_held(credential, credential.provider.people),
        status=found,
        words=status_words(found, days_left(ends_on=credential.ends_on, today=today)),
        colour=COLOURS[found],
        checks=list(credential.checks.all()),
        evidence=list(credential.evidence.all()),
    )
