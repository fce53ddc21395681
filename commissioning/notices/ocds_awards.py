"""What came of a lot, as OCDS 1.1.5 tells it: awards, contracts, and who supplies. Pure.

Only who was awarded something is ever named here: who spoke up and did not win stands nowhere.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from commissioning.notices.ocds_values import Facts, first_moment, money
from providers.identifiers.rules import CHARITY, COMPANY, PPON, link, list_code

AWARDED, NONE_SUITABLE, STOPPED = "awarded", "none_suitable", "stopped"
# The registers whose codes and numbers others write the same way; the best known first.
REGISTERS = (COMPANY, CHARITY, PPON)
CODES = frozenset({"GB-COH", "GB-CHC", "GB-SC", "GB-PPON"})


@dataclass(frozen=True)
class Supplier:
    """`key` is a provider's id in the register, "" for who is not in it. `identifiers` are by register."""

    name: str
    key: str = ""
    is_micro: bool | None = None
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """`lot` is the id that the lot has in what was published."""

    lot: int
    kind: str
    decided_on: datetime.date
    suppliers: tuple[Supplier, ...] = ()
    value_pence: int | None = None
    why: str = ""


def identifiers(supplier: Supplier) -> list[Facts]:
    """The numbers that name a business anywhere, best first."""
    numbers = dict(supplier.identifiers)
    held = [(scheme, numbers[scheme]) for scheme in REGISTERS if scheme in numbers]
    coded = [(list_code(scheme, value), scheme, value) for scheme, value in held]
    return [{"scheme": code, "id": value, "uri": link(scheme, value)} for code, scheme, value in coded if code in CODES]


def party_id(supplier: Supplier) -> str:
    """The same in every release: by a public register, by our own, or for who is in neither by the name."""
    for known in identifiers(supplier):
        return f"{known['scheme']}-{known['id']}"
    if supplier.key:
        return f"provider-{supplier.key}"
    return f"name-{hashlib.sha256(supplier.name.encode()).hexdigest()[:16]}"


def suppliers(outcomes: Iterable[Outcome]) -> list[Facts]:
    """Each once, however many lots it was awarded."""
    named = {party_id(one): one for outcome in outcomes for one in outcome.suppliers}
    return [_party(key, one) for key, one in sorted(named.items())]


def _party(key: str, supplier: Supplier) -> Facts:
    first, *others = identifiers(supplier) or [{}]
    return {
        "id": key,
        "name": supplier.name,
        "identifier": first,
        "additionalIdentifiers": others,
        "roles": ["supplier"],
        # Ten people and more may be small, medium or large: the register does not know which.
        "details": {"scale": "micro"} if supplier.is_micro else {},
    }


def award(outcome: Outcome, title: str, contract_period: Facts) -> Facts:
    is_awarded = outcome.kind == AWARDED
    return {
        "id": f"award-{outcome.lot}",
        "title": title,
        "description": outcome.why,
        "status": "active" if is_awarded else "unsuccessful",
        "date": first_moment(outcome.decided_on.isoformat()),
        "value": money(outcome.value_pence) if outcome.value_pence else {},
        "suppliers": [{"id": party_id(one), "name": one.name} for one in outcome.suppliers],
        "relatedLots": [str(outcome.lot)],
        "contractPeriod": contract_period if is_awarded else {},
    }


def contract(outcome: Outcome, title: str, contract_period: Facts) -> Facts:
    """Of an award. Whether it is signed by now nobody tells this register, so it is told as not yet in force."""
    return {
        "id": f"contract-{outcome.lot}",
        "awardID": f"award-{outcome.lot}",
        "title": title,
        "status": "pending",
        "period": contract_period,
        "value": money(outcome.value_pence) if outcome.value_pence else {},
    }
