"""What councils have seen of a provider's papers, as the public may read it today.

Worked out from the dates on every read: a certificate that ended yesterday is not current today (rule 5), whatever
was true when the page was approved. A refused, waiting or replaced one is nobody's business.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from providers.credentials.rules import Status
from providers.credentials.standing import status_after
from providers.credentials.wording import Look, dbs_sentence, public_sentence
from providers.models import Check, Version
from providers.models.check import CheckOutcome
from registry.models import Council

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


# `Credential.listed` with its checks, in one statement and as rows: no page is asked for more often than a page of
# results, and there Django takes longer to put such a question together than PostgreSQL to answer it.
CLAIMS = """
SELECT claim.id, claim.provider_id, claim.kind, claim.held_by, claim.issuer, claim.amount_pence, claim.cover_per,
    claim.level, claim.edition, claim.standards, claim.starts_on, claim.ends_on, provider.employs_anyone,
    seen.outcome, seen.means, seen.seen_on, seen.council_id, seen.relies_on_id, relied.council_id,
    council.name, council.kind
FROM providers_credential AS claim
JOIN providers_provider AS provider ON provider.id = claim.provider_id
JOIN providers_check AS seen ON seen.credential_id = claim.id
JOIN registry_council AS council ON council.code = seen.council_id
LEFT JOIN providers_check AS relied ON relied.id = seen.relies_on_id
WHERE claim.provider_id = ANY(%s) AND claim.replaced_at IS NULL
    AND provider.listed_at IS NOT NULL AND provider.suspended_at IS NULL AND provider.left_at IS NULL
ORDER BY claim.kind, claim.starts_on DESC, claim.id, seen.recorded_at DESC, seen.id DESC
"""
# Only with the provider's own yes, and then only who saw it and when (rule 1).
CERTIFICATES = """
SELECT record.provider_id, council.name, council.kind, record.seen_on
FROM providers_dbsrecord AS record JOIN registry_council AS council ON council.code = record.seen_for_id
WHERE record.provider_id = ANY(%s) AND record.shown_publicly_since IS NOT NULL
ORDER BY record.seen_on DESC, council.name
"""


class Claim(NamedTuple):
    """Of a credential what a sentence says, as `CLAIMS` has it."""

    id: UUID
    provider_id: UUID
    kind: str
    held_by: int | None
    issuer: str
    amount_pence: int | None
    cover_per: str
    level: str
    edition: int | None
    standards: list[int]
    starts_on: datetime.date
    ends_on: datetime.date | None
    employs_anyone: bool | None


class Seen(NamedTuple):
    """A check, with the name of the council that made it."""

    outcome: str
    means: str
    seen_on: datetime.date
    council_id: str
    relies_on_id: int | None
    relied_on: str | None
    council_name: str
    council_kind: str

    @property
    def council(self) -> Council:
        return _council(self.council_name, self.council_kind)


@lru_cache(maxsize=1024)
def _council(name: str, kind: str) -> Council:
    return Council(name=name, kind=kind)


def checks_of(
    providers: Iterable[UUID], today: datetime.date, people: Mapping[UUID, int | None] | None = None
) -> defaultdict[UUID, Checks]:
    """For a page of providers: three queries, however many they are; two where `people` of each are known."""
    wanted = list(providers)
    found: defaultdict[UUID, Checks] = defaultdict(Checks)
    people = _people_of(wanted) if people is None else people
    for claim, looks in _claims_of(wanted):
        # The newest is the one that counts.
        status = status_after(claim, looks[0].outcome, today, employs_anyone=claim.employs_anyone)
        if status not in TOLD:
            continue
        told = found[claim.provider_id]
        sentence = public_sentence(claim, look_at(looks, people.get(claim.provider_id)), today)
        if status == Status.LAPSED:
            told.ended.append(sentence)
        else:
            told.tell(claim.kind, sentence)
    _tell_of_dbs(found, wanted)
    return found


def _tell_of_dbs(found: defaultdict[UUID, Checks], wanted: Sequence[UUID]) -> None:
    for provider, name, kind, day in _rows(CERTIFICATES, wanted):
        sentence, told = dbs_sentence(_council(name, kind), day), found[provider]
        # Those of two people, seen on one day, read the same: nothing but who saw it and when is ever told.
        if sentence not in told.current:
            told.tell("dbs", sentence)


def _claims_of(providers: Sequence[UUID]) -> list[tuple[Claim, list[Seen]]]:
    """Each with its checks, the newest first; of those whose newest says that it was seen."""
    facts = len(Claim._fields)
    found: dict[UUID, tuple[Claim, list[Seen]]] = {}
    for row in _rows(CLAIMS, providers):
        if row[0] not in found:
            found[row[0]] = (Claim(*row[:facts]), [])
        found[row[0]][1].append(Seen(*row[facts:]))
    return [(claim, looks) for claim, looks in found.values() if looks[0].outcome == CheckOutcome.SEEN]


def _rows(statement: str, providers: Sequence[UUID]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(providers)])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def look_at(checks: Iterable[Check | Seen], people: int | None) -> Look:
    """The newest look of those who looked themselves, and the councils whose last word is that they rely on it.

    `checks` of one credential, the newest first.
    """
    last_words: dict[str, Check | Seen] = {}
    seen: Check | Seen | None = None
    for check in checks:
        last = last_words.setdefault(check.council_id, check)
        looked = check.outcome == CheckOutcome.SEEN and check.relies_on_id is None
        # What a council took back, or relied on another for since, is not its own look any more.
        if seen is None and looked and last is check:
            seen = check
    relying = [check for check in last_words.values() if seen is not None and seen.council_id == _relied_on(check)]
    return Look(seen, relying, people)


def _relied_on(check: Check | Seen) -> str | None:
    """The council whose look this one rests on."""
    if isinstance(check, Seen):
        return check.relied_on
    return check.relies_on.council_id if check.relies_on else None


def _people_of(providers: list[UUID]) -> dict[UUID, int | None]:
    """As the approved version has it: the provider's own row may hold a change that nobody has approved."""
    newest = Version.objects.filter(provider__in=providers).order_by("provider_id", "-number").distinct("provider_id")
    return dict(newest.values_list("provider", "content__people"))
