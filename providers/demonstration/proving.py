"""Invents what a provider can prove: credentials in every state, checks of them, DBS records. Pure.

Dates hang on `today`, so that the demonstration has something about to run out whenever it is made.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from typing import Any

from providers.credentials.kinds import KINDS, REFERENCES, STANDARDS, Kind
from providers.credentials.rules import last_day
from providers.demonstration.invented import InventedCredential, InventedDbs, InventedProvider, Standing
from providers.models.credential import Edition

DAY = datetime.timedelta(days=1)
SECOND_EDITION = datetime.date(2025, 3, 1)
# Made up: nobody insures or trains under these names.
INSURERS = ("Larkfield Mutual", "Three Counties Insurance", "Harbour and Vale", "Plainsman Underwriting", "Carefold")
TRAINERS = (
    "Westcountry Care Skills",
    "Mendip Training Rooms",
    "Avonvale First Aid",
    "Chalk Plain Learning",
    "Open Barn College",
)
BODIES = ("Small Care Makers West", "The Kitchen Table Network", "Avon and Wansdyke Home Helps")
# What providers of every trade have, and how many of them.
BESIDES = (
    ("ico", 0.4),
    ("safeguarding_policy", 0.2),
    ("complaints_policy", 0.1),
    ("micro_provider_network", 0.15),
    ("references", 0.2),
)
MILLION = 100_000_000
REASONS = (
    "The name on the certificate is not the name of the business.",
    "The photo cuts off the dates.",
    "This is a quotation and not a certificate.",
)
ISSUERS: dict[str, Sequence[str]] = {"insurance": INSURERS, "training": TRAINERS, "membership": BODIES}
# State of one credential of a listed provider, and its share.
STATES = (("current", 76), ("ending", 8), ("lapsed", 7), ("waiting", 4), ("refused", 3), ("not_yet", 2))


def invent_credentials(
    provider: InventedProvider, *, today: datetime.date, rng: random.Random, sound: bool = False
) -> list[InventedCredential]:
    """What this provider claims. `sound`: all of it current, for those whom visitors sign in as."""
    return [_credential(kind, provider, today, rng, sound) for kind in _kinds(provider, rng)]


def invent_dbs(provider: InventedProvider, *, today: datetime.date, rng: random.Random) -> list[InventedDbs]:
    """That some of the people showed a certificate to the council before it published them."""
    if provider.standing in (Standing.NEW, Standing.SENT_BACK) or rng.random() < 0.25:
        return []
    seen_on = decided_on(provider, today)
    hands_on = any(service.basis in ("individual", "registered") for service in provider.services)
    children = provider.trade.childcare
    level = "enhanced_children" if children else "enhanced_adults" if hands_on else rng.choice(("basic", "enhanced"))
    return [
        InventedDbs(
            person_number=number,
            level=level,
            issued_on=seen_on - rng.randint(8, 400) * DAY,
            seen_on=seen_on,
            last_four=f"{rng.randint(0, 9999):04}" if rng.random() < 0.7 else "",
            on_update_service=rng.random() < 0.4,
            means="update_service" if rng.random() < 0.3 else "original",
            shown_publicly=rng.random() < 0.55,
            shared_with_councils=rng.random() < 0.45,
        )
        for number in range(1, provider.people + 1)
        if number == 1 or rng.random() < 0.8
    ]


def decided_on(provider: InventedProvider, today: datetime.date) -> datetime.date:
    """The day on which the council published or sent back; never after today."""
    return today - max(provider.sent_days_ago - provider.decided_after_days, 1) * DAY


def _kinds(provider: InventedProvider, rng: random.Random) -> list[str]:
    """Public liability nearly always; employers' liability from employing somebody (rule 4); training of the trade."""
    kinds = ["public_liability"] if rng.random() < 0.97 else []
    if provider.employs_anyone:
        kinds.append("employers_liability")
    wanted = provider.trade.kinds
    kinds += rng.sample(wanted, rng.randint(1, len(wanted)))
    kinds += [kind for kind, share in BESIDES if rng.random() < share]
    return list(dict.fromkeys(kinds))


def _credential(
    code: str, provider: InventedProvider, today: datetime.date, rng: random.Random, sound: bool
) -> InventedCredential:
    kind = KINDS[code]
    unseen = provider.standing == Standing.NEW
    state = "waiting" if unseen else "current" if sound else rng.choices(*zip(*STATES, strict=True))[0]
    published = decided_on(provider, today)
    starts_on, ends_on = _dates(state, kind.renewal_months, today, rng, listed_days=(today - published).days)
    seen_on = None if state == "waiting" else _seen_on(starts_on, ends_on, published, today, rng)
    insurance = kind.family == "insurance"
    return InventedCredential(
        kind=code,
        held_by=rng.randint(1, provider.people) if kind.holder == "workers" else None,
        issuer=rng.choice(ISSUERS[kind.family]) if kind.family in ISSUERS else "",
        reference=f"EX{rng.randint(0, 9_999_999):07}" if insurance else "",
        amount_pence=_cover(code, rng) if kind.has_amount else None,
        starts_on=starts_on,
        ends_on=ends_on,
        seen_on=seen_on,
        refused=state == "refused",
        means=rng.choices(("copy", "original", "issuer"), (70, 20, 10))[0],
        note=rng.choice(REASONS) if state == "refused" else "",
        also_seen_by_neighbour=state == "current" and rng.random() < 0.08,
        level=_level(kind, rng),
        **_standards(kind, starts_on, rng),
    )


def _level(kind: Kind, rng: random.Random) -> str:
    if kind.code == REFERENCES:
        return "3"
    return rng.choice(kind.levels) if kind.levels and "level" in kind.must else ""


def _standards(kind: Kind, starts_on: datetime.date, rng: random.Random) -> dict[str, Any]:
    """The Care Certificate's edition follows from its day; one in five has not signed off all of it."""
    if not kind.asks("standards"):
        return {}
    edition = Edition.SECOND if starts_on >= SECOND_EDITION else Edition.FIRST
    numbers = [standard.number for standard in STANDARDS[edition]]
    done = numbers if rng.random() < 0.8 else sorted(rng.sample(numbers, rng.randint(6, len(numbers) - 1)))
    return {"edition": edition.value, "standards": tuple(done)}


def _seen_on(
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    published: datetime.date,
    today: datetime.date,
    rng: random.Random,
) -> datetime.date:
    """On the day of publishing, or when it was renewed since; one that starts later was shown beforehand."""
    if starts_on <= published:
        return published
    latest = min(today, ends_on) if ends_on else today
    return min(starts_on + rng.randint(0, 14) * DAY, latest) if starts_on <= today else today


def _dates(
    state: str, months: int | None, today: datetime.date, rng: random.Random, *, listed_days: int
) -> tuple[datetime.date, datetime.date | None]:
    """First and last day that put a credential of so many months into the state. Without months it never ends."""
    if months is None:
        return today - rng.randint(100, 2500) * DAY, None
    length = round(months * 30.4)
    age = {
        "ending": length - rng.randint(2, 27),
        "lapsed": length + rng.randint(4, min(listed_days, 120)) if listed_days > 4 else 5,
        "not_yet": -rng.randint(3, 25),
    }.get(state, rng.randint(3, length - 45))
    starts_on = today - age * DAY
    return starts_on, last_day(starts_on, months)


def _cover(code: str, rng: random.Random) -> int:
    """In pence. Employers' liability is five million at least, by law."""
    choices = (5, 10) if code == "employers_liability" else (1, 2, 2, 5, 5, 5, 5, 10)
    return rng.choice(choices) * MILLION
