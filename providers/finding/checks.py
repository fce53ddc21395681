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
from typing import NamedTuple
from uuid import UUID

from providers.credentials.rules import Status
from providers.credentials.standing import status_after
from providers.credentials.wording import Look, dbs_sentence, public_sentence
from providers.models import Check, Credential, DbsRecord, Version
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


class Claim(NamedTuple):
    """Of a credential what a sentence says. Rows and no models: a page of results reads a hundred."""

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
    provider__employs_anyone: bool | None


class Seen(NamedTuple):
    """A check, with the name of the council that made it."""

    credential_id: UUID
    outcome: str
    means: str
    seen_on: datetime.date
    council_id: str
    relies_on_id: int | None
    relies_on__council_id: str | None
    council__name: str
    council__kind: str

    @property
    def council(self) -> Council:
        return _council(self.council__name, self.council__kind)


@lru_cache(maxsize=1024)
def _council(name: str, kind: str) -> Council:
    return Council(name=name, kind=kind)


def checks_of(
    providers: Iterable[UUID], today: datetime.date, people: Mapping[UUID, int | None] | None = None
) -> defaultdict[UUID, Checks]:
    """For a page of providers: four queries, however many they are; three where `people` of each are known."""
    wanted = list(providers)
    found: defaultdict[UUID, Checks] = defaultdict(Checks)
    people = _people_of(wanted) if people is None else people
    for claim, looks in _claims_of(wanted):
        # The newest is the one that counts.
        outcome = looks[0].outcome if looks else None
        status = status_after(claim, outcome, today, employs_anyone=claim.provider__employs_anyone)
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
    """Only with the provider's own yes, and then only who saw it and when (rule 1)."""
    shown = DbsRecord.objects.filter(provider__in=wanted, shown_publicly_since__isnull=False).order_by("-seen_on")
    for provider, name, kind, day in shown.values_list("provider", "seen_for__name", "seen_for__kind", "seen_on"):
        sentence, told = dbs_sentence(_council(name, kind), day), found[provider]
        # Those of two people, seen on one day, read the same: nothing but who saw it and when is ever told.
        if sentence not in told.current:
            told.tell("dbs", sentence)


def _claims_of(providers: Sequence[UUID]) -> list[tuple[Claim, list[Seen]]]:
    """Each with its checks, the newest first: how it stands is worked out from these, which costs less than in SQL."""
    claims = [Claim(*row) for row in Credential.listed.filter(provider__in=providers).values_list(*Claim._fields)]
    looks: defaultdict[UUID, list[Seen]] = defaultdict(list)
    seen = Check.objects.filter(credential__in=[claim.id for claim in claims]) if claims else Check.objects.none()
    for row in seen.values_list(*Seen._fields):
        looks[row[0]].append(Seen(*row))
    return [(claim, looks[claim.id]) for claim in claims]


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
        return check.relies_on__council_id
    return check.relies_on.council_id if check.relies_on else None


def _people_of(providers: list[UUID]) -> dict[UUID, int | None]:
    """As the approved version has it: the provider's own row may hold a change that nobody has approved."""
    newest = Version.objects.filter(provider__in=providers).order_by("provider_id", "-number").distinct("provider_id")
    return dict(newest.values_list("provider", "content__people"))
