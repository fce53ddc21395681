"""What councils have seen of a provider's papers, as the public may read it today.

Worked out from the dates on every read: a certificate that ended yesterday is not current today (rule 5), whatever
was true when the page was approved. A refused, waiting or replaced one is nobody's business.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from providers.credentials.rules import Status
from providers.credentials.standing import status_of
from providers.credentials.wording import Look, dbs_sentence, public_sentence
from providers.models import Check, Credential, DbsRecord, Version
from providers.models.check import CheckOutcome

FACTS = (
    *("provider_id", "kind", "held_by", "issuer", "amount_pence", "cover_per", "level", "edition", "standards"),
    *("starts_on", "ends_on"),
)
TOLD = [*(status for status in Status if status.holds_today), Status.LAPSED]


@dataclass
class Checks:
    """Sentences of what holds today, and of what did and has ended."""

    current: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    # Of each sentence in `current`, the kind of what was checked.
    kinds: list[str] = field(default_factory=list)

    def tell(self, kind: str, sentence: str) -> None:
        self.current.append(sentence)
        self.kinds.append(kind)


def checks_of(
    providers: Iterable[UUID], today: datetime.date, people: Mapping[UUID, int | None] | None = None
) -> defaultdict[UUID, Checks]:
    """For a page of providers: four queries, however many they are; three where `people` of each are known."""
    wanted = list(providers)
    found: defaultdict[UUID, Checks] = defaultdict(Checks)
    people = _people_of(wanted) if people is None else people
    for credential in _claims_of(wanted):
        status = status_of(credential, today)
        if status not in TOLD:
            continue
        told = found[credential.provider_id]
        sentence = public_sentence(credential, look_at(credential, people.get(credential.provider_id)), today)
        if status == Status.LAPSED:
            told.ended.append(sentence)
        else:
            told.tell(credential.kind, sentence)
    # Only with the provider's own yes, and then only who saw it and when (rule 1).
    shown = DbsRecord.objects.filter(provider__in=wanted, shown_publicly_since__isnull=False)
    for record in shown.select_related("seen_for").defer("seen_for__boundary").order_by("-seen_on"):
        sentence, told = dbs_sentence(record), found[record.provider_id]
        # Those of two people, seen on one day, read the same: nothing but who saw it and when is ever told.
        if sentence not in told.current:
            told.tell("dbs", sentence)
    return found


def _claims_of(providers: list[UUID]) -> QuerySet[Credential]:
    """With only what a sentence needs: how each stands is worked out from these rows, which costs less than in SQL."""
    seen = Check.objects.select_related("council", "relies_on").only(
        *("credential_id", "outcome", "means", "seen_on", "recorded_at", "council__name", "council__kind"),
        "relies_on__council_id",
    )
    claims = Credential.listed.filter(provider__in=providers)
    claims = claims.select_related("provider").prefetch_related(Prefetch("checks", seen))
    return claims.only(*FACTS, "provider__employs_anyone")


def look_at(credential: Credential, people: int | None) -> Look:
    """The newest look of those who looked themselves, and the councils whose last word is that they rely on it."""
    last_words: dict[str, Check] = {}
    seen = None
    for check in credential.checks.all():
        last = last_words.setdefault(check.council_id, check)
        looked = check.outcome == CheckOutcome.SEEN and check.relies_on_id is None
        # What a council took back, or relied on another for since, is not its own look any more.
        if seen is None and looked and last is check:
            seen = check
    relying = [
        check
        for check in last_words.values()
        if seen is not None and check.relies_on is not None and check.relies_on.council_id == seen.council_id
    ]
    return Look(seen, relying, people)


def _people_of(providers: list[UUID]) -> dict[UUID, int | None]:
    """As the approved version has it: the provider's own row may hold a change that nobody has approved."""
    newest = Version.objects.filter(provider__in=providers).order_by("provider_id", "-number").distinct("provider_id")
    return dict(newest.values_list("provider", "content__people"))
