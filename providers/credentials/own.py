"""What a provider has to prove, for its own pages: what it holds, what its council asks for and it lacks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from providers.credentials.kinds import DBS_POLICY, FAMILY_NAMES, KINDS, Family, Kind
from providers.credentials.policy import Policy, asked_of, policies_of
from providers.credentials.rules import Status, employers_liability_applies, lapsed, last_day
from providers.credentials.standing import Standing, standing, with_checks
from providers.models import CouncilListing, Credential, Provider
from registry.models import Council


@dataclass(frozen=True)
class Held:
    """A claim as its provider sees it. `is_renewed`: there is a newer one, which a council has yet to see."""

    standing: Standing
    is_renewed: bool
    filled_in: str

    @property
    def may_be_corrected(self) -> bool:
        return not self.standing.checks

    @property
    def wants_renewal(self) -> bool:
        over = (Status.ENDING_SOON, Status.LAPSED, Status.REFUSED)
        return self.standing.status in over and not self.is_renewed


def held_by(provider: Provider, today: datetime.date) -> list[tuple[Any, list[Held]]]:
    """All that is claimed today, by family; not what ended after its renewal was sent."""
    current = list(with_checks(Credential.every.filter(provider=provider, replaced_at__isnull=True)))
    renewed = {credential.renews_id for credential in current}
    policies = policies_of(provider.home_council)
    families: dict[Any, list[Held]] = {family: [] for family in FAMILY_NAMES}
    for credential in current:
        is_renewed = credential.pk in renewed
        if not (is_renewed and lapsed(ends_on=credential.ends_on, today=today)):
            filled_in = how_filled_in(credential, provider.home_council, policies.get(credential.kind))
            held = Held(standing(credential, today), is_renewed, filled_in)
            families[family_of(credential)].append(held)
    return [(FAMILY_NAMES[family], rows) for family, rows in families.items() if rows]


def family_of(credential: Credential) -> Family:
    """An imported kind that is none of ours stands among the registrations."""
    kind = KINDS.get(credential.kind)
    return kind.family if kind else "registration"


def held_one(credential: Credential, today: datetime.date) -> Held:
    council = credential.provider.home_council
    renewals = Credential.every.filter(renews=credential, replaced_at__isnull=True)
    policy = policies_of(council).get(credential.kind)
    return Held(standing(credential, today), renewals.exists(), how_filled_in(credential, council, policy))


def earlier_than(credential: Credential, today: datetime.date) -> list[Standing]:
    """What it renews, and what that renewed, the newest first."""
    found: list[Standing] = []
    older = credential.renews_id
    while older is not None:
        before = with_checks(Credential.every.filter(pk=older)).get()
        found.append(standing(before, today))
        older = before.renews_id
    return found


def how_filled_in(credential: Credential, council: Council, policy: Policy | None) -> str:
    """Where a last day comes from that stands on no paper: it is never filled in without a word."""
    kind, months = KINDS.get(credential.kind), policy.renewal_months if policy else None
    if kind is None or kind.runs_out or not months or credential.ends_on != last_day(credential.starts_on, months):
        return ""
    words = ngettext(
        "%(months)d month from its date, because %(council)s asks for a new one then",
        "%(months)d months from its date, because %(council)s asks for a new one then",
        months,
    )
    return words % {"months": months, "council": council.full_name}


@dataclass(frozen=True)
class Missing:
    """A kind that is asked for, and the councils that ask."""

    kind: Kind
    councils: str


def missing(provider: Provider, today: datetime.date) -> list[Missing]:
    """What its councils ask for, and nothing that holds or waits answers. A DBS certificate is shown in person."""
    claims = Credential.every.filter(provider=provider, replaced_at__isnull=True)
    held = {claim.kind for claim in claims if not lapsed(ends_on=claim.ends_on, today=today)}
    asking: dict[str, list[str]] = {}
    for council in councils_of(provider):
        for code in asked_of(provider, council):
            asking.setdefault(code, []).append(council.full_name)
    wanted = [code for code in KINDS if code in asking and code not in held]
    return [Missing(KINDS[code], ", ".join(asking[code])) for code in wanted]


def asks_for_dbs(provider: Provider) -> list[str]:
    return [council.full_name for council in councils_of(provider) if DBS_POLICY in asked_of(provider, council)]


def councils_of(provider: Provider) -> list[Council]:
    """Its home council, and the others with which it is listed."""
    listings = CouncilListing.objects.current().filter(provider=provider)
    codes = {provider.home_council_id, *listings.values_list("council", flat=True)}
    return list(Council.objects.filter(pk__in=codes).defer("boundary"))


def kinds_to_add(provider: Provider) -> dict[Any, list[Kind]]:
    """By family. Cover for employees is not offered to those who have none (rule 4)."""
    applies = employers_liability_applies(employs_anyone=provider.employs_anyone) is not False
    offered: dict[Any, list[Kind]] = {}
    for kind in KINDS.values():
        if kind.is_claimed_by_hand and (applies or kind.code != "employers_liability"):
            offered.setdefault(FAMILY_NAMES[kind.family], []).append(kind)
    return offered
