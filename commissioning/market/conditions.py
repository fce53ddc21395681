"""In what conditions more people could do the work: what would have to change, and whom it would bring into reach.

Counted, never guessed: each listed service that comes near is held against what the council asks of its providers
today (its own settings), and who would be reached is what the census counts on the ground that those cover who lack
one thing alone.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from django.db import connection

from commissioning.market.gaps import kinds
from commissioning.market.ground import Ground, Mask
from commissioning.market.reading import Offer
from commissioning.market.rules import Asked, Change, Holding, Lack, Stand, missing
from providers.credentials.kinds import DBS_POLICY, KINDS
from providers.credentials.policy import EMPLOYERS_LIABILITY, Policy, asked, policies_of
from providers.credentials.policy import Term as PolicyTerm
from providers.meaning.vocabulary import Term
from providers.models.category import Regulation
from registry.models import Council

MILES_FURTHER = 3
METRES_FURTHER = round(MILES_FURTHER * 1609.344)

OF_FAMILY = {"insurance": Change.COVER, "training": Change.TRAINING, "registration": Change.REGISTRATION}


HELD = """
SELECT held.id::text, held.kind, held.held_by, held.amount_pence
FROM unnest(%(named)s::uuid[]) AS named (id)
JOIN providers_credential AS held ON held.id = named.id
LEFT JOIN LATERAL (
    SELECT outcome FROM providers_check WHERE credential_id = held.id ORDER BY recorded_at DESC, id DESC LIMIT 1
) AS newest ON TRUE
WHERE held.starts_on <= %(today)s AND (held.ends_on IS NULL OR held.ends_on >= %(today)s)
    AND newest.outcome IS DISTINCT FROM 'not_accepted'
    AND EXISTS (
        SELECT FROM providers_credential AS claimed
        WHERE claimed.provider_id = held.provider_id AND claimed.kind = held.kind AND claimed.replaced_at IS NULL
    )
"""


@dataclass(frozen=True)
class Gain:
    """What one change would do for one kind of help: for how many providers, and how many people would have somebody

    who have nobody now.
    """

    change: Change
    term: Term
    providers: int
    areas: int
    residents: int
    disabled: int


@dataclass(frozen=True)
class Overall:
    """What one change would do for all kinds of help. `gains`: for each kind that would reach somebody new, the most

    people first. `lacking`: how many of the providers lack which kind of credential, the most first.
    """

    change: Change
    providers: int
    gains: tuple[Gain, ...]
    lacking: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Counted:
    """Of the providers that come here: how many can do some of their work now, and how many lack one thing alone, or

    more than one, for all of it.
    """

    providers: int
    ready: int
    one_short: int
    more_short: int


@dataclass(frozen=True)
class Conditions:
    """`overall` and `by_kind` are ranked."""

    overall: list[Overall]
    by_kind: list[Gain]
    counted: Counted


@dataclass
class _Of:
    """What is found of one change for one kind of help."""

    ground: Ground
    providers: set[UUID] = field(default_factory=set)
    without: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    gained: Mask = field(init=False)

    def __post_init__(self) -> None:
        self.gained = self.ground.nowhere

    def add(self, provider: UUID, gained: Mask, kinds: Iterable[str]) -> None:
        self.providers.add(provider)
        self.gained |= gained
        for kind in kinds:
            self.without[kind].add(provider)

    def gain(self, change: Change, term: Term) -> Gain:
        people, disabled = self.ground.people(self.gained), self.ground.disabled_people(self.gained)
        return Gain(change, term, len(self.providers), int(self.gained.sum()), people, disabled)


def asked_for(council: Council) -> dict[str, Policy]:
    """What the council's own settings ask of anybody, and cover for employees, which follows from having any (rule 4).

    A DBS check is none of it: it has no outcome here (rule 1).
    """
    policies = policies_of(council)
    return {
        code: one
        for code, one in policies.items()
        if (one.asked_for or code == EMPLOYERS_LIABILITY) and code != DBS_POLICY
    }


def conditions(
    ground: Ground, offers: Sequence[Offer], policies: Mapping[str, Policy], today: datetime.date
) -> Conditions:
    """How it stands where this is asked. One query, whatever the number of services."""
    lacks = _lacks(offers, policies, today)
    reached = {offer.service: offer.reached(ground) for offer in offers}
    found = {
        term: _of_kind([offer for offer in offers if term.code in offer.categories], term, lacks, reached, ground)
        for term in kinds()
    }
    by_kind = _ranked(of.gain(change, term) for term, changes in found.items() for change, of in changes.items())
    here = [offer for offer in offers if reached[offer.service].any()]
    overall = [_overall(change, [of[change] for of in found.values() if change in of], by_kind) for change in Change]
    return Conditions(
        overall=sorted((one for one in overall if one.providers), key=_most_first),
        by_kind=by_kind,
        counted=_counted(here, lacks),
    )


def _overall(change: Change, found: Sequence[_Of], by_kind: Iterable[Gain]) -> Overall:
    without: dict[str, set[UUID]] = defaultdict(set)
    for of in found:
        for kind, who in of.without.items():
            without[kind] |= who
    lacking = sorted(((kind, len(who)) for kind, who in without.items()), key=lambda one: (-one[1], one[0]))
    return Overall(
        change=change,
        providers=len(set().union(*(of.providers for of in found))),
        gains=tuple(gain for gain in by_kind if gain.change is change and gain.areas),
        lacking=tuple(lacking),
    )


def _most_first(one: Overall) -> tuple[int, int, int]:
    """By people, each as often as there are kinds of help that would newly reach them."""
    return -sum(gain.residents for gain in one.gains), -sum(gain.areas for gain in one.gains), -one.providers


Lacks = Mapping[tuple[UUID, str], Lack]


def _of_kind(
    offers: Sequence[Offer], term: Term, lacks: Lacks, reached: Mapping[UUID, Mask], ground: Ground
) -> dict[Change, _Of]:
    """The changes that do anything for one kind of help."""
    now = _union((reached[offer.service] for offer in offers if not lacks[offer.service, term.code]), ground)
    found: dict[Change, _Of] = defaultdict(lambda: _Of(ground))
    for offer in offers:
        short = lacks[offer.service, term.code]
        if len(short) > 1:
            continue
        change = next(iter(short), Change.REACH)
        further = METRES_FURTHER if change is Change.REACH else 0
        here = offer.reached(ground, further=further) if further else reached[offer.service]
        gained = here & ~now
        # One that is too far away, or goes nowhere new, would change nothing by coming further.
        if gained.any() or (here.any() and change is not Change.REACH):
            found[change].add(offer.provider, gained, short.get(change, ()))
    return found


def _union(masks: Iterable[Mask], ground: Ground) -> Mask:
    found = ground.nowhere
    for mask in masks:
        found |= mask
    return found


def _ranked(gains: Iterable[Gain]) -> list[Gain]:
    """Most people first, then most providers; the order is the same for the same facts."""
    return sorted(
        gains,
        key=lambda gain: (-gain.residents, -gain.areas, -gain.providers, gain.term.position, gain.change),
    )


def _counted(here: Sequence[Offer], lacks: Lacks) -> Counted:
    """Each provider once, where it stands best."""
    least: dict[UUID, int] = {}
    for offer in here:
        for code in offer.categories:
            if (offer.service, code) in lacks:
                short = len(lacks[offer.service, code])
                least[offer.provider] = min(short, least.get(offer.provider, short))
    numbers = list(least.values())
    return Counted(
        providers=len(numbers),
        ready=numbers.count(0),
        one_short=numbers.count(1),
        more_short=sum(number > 1 for number in numbers),
    )


def _lacks(offers: Sequence[Offer], policies: Mapping[str, Policy], today: datetime.date) -> Lacks:
    """By service and kind of help everything that keeps it from doing the work."""
    held = _held(offers, today)
    terms = {term.code: term for term in kinds()}

    @cache
    def wanted(code: str, employs_anyone: bool | None) -> tuple[Asked, ...]:
        of_kind = [PolicyTerm(code, terms[code].parent)]
        return tuple(_asked(kind) for kind in asked(policies, of_kind, employs_anyone=employs_anyone))

    found: dict[tuple[UUID, str], Lack] = {}
    for offer in offers:
        stand = _stand(offer, held)
        for code in terms.keys() & set(offer.categories):
            is_regulated = terms[code].regulation != Regulation.NONE
            given = wanted(code, offer.employs_anyone)
            found[offer.service, code] = missing(stand, given, is_regulated=is_regulated, today=today)
    return found


def _asked(kind: str) -> Asked:
    known = KINDS[kind]
    return Asked(kind, OF_FAMILY.get(known.family, Change.PAPERS), known.minimum_pence)


def _stand(offer: Offer, held: Mapping[str, Holding]) -> Stand:
    return Stand(
        basis=offer.basis,
        space=offer.space,
        away_until=offer.away_until,
        hours_free=offer.hours_free,
        people=offer.people,
        imported=offer.imported,
        holdings=[held[key] for key in offer.credentials if key in held],
    )


def _held(offers: Collection[Offer], today: datetime.date) -> dict[str, Holding]:
    """The credentials that approved versions name, still claimed, in force today and not refused, by id."""
    named = sorted({key for offer in offers for key in offer.credentials})
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"named": named, "today": today})
        return {key: Holding(kind, held_by, amount) for key, kind, held_by, amount in cursor.fetchall()}
