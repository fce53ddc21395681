"""A register made up by chance from a seed, through the real tables, and a requirement that asks something of it."""

import datetime
import random

from commissioning.models import LotTime
from providers.models import Credential, WeeklyHours
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.providers.listings.makers import (
    comes_from,
    goes_anywhere_in,
    has_space,
    listed,
    make_provider,
    make_service,
)

TODAY = datetime.date(2026, 11, 21)
FORMS = ["sole_trader", "partnership", "co_operative", "cic", "company", "charity", "unknown"]
BASES = ["registered", "will_register", "individual", "not_known", "not_personal_care"]
CATEGORIES = ["cooking", "lunch-club", "washing-and-dressing"]
POINTS = [(375_179, 165_232), (374_524, 163_690), (367_674, 154_330), (365_428, 168_030)]
DAYS = ["mon", "tue", "wed"]


def make_register(council, seed, providers=24, called="Provider"):
    chance = random.Random(seed)
    for number in range(providers):
        source = "a public list" if chance.random() < 0.15 else ""
        provider = make_provider(
            council,
            f"{called} {number}",
            legal_form=chance.choice(FORMS),
            people=chance.choice([1, 1, 2, 3, 9, 12, None]),
            employs_anyone=chance.choice([True, False, None]),
            source=source,
        )
        for each in range(chance.choice([1, 1, 1, 2])):
            make_chance_service(chance, council, provider, f"Service {each}")
        make_chance_credentials(chance, provider)
        listed(provider)


def make_chance_service(chance, council, provider, name):
    service = make_service(
        provider,
        name,
        categories=chance.sample(CATEGORIES, chance.choice([1, 2, 3])),
        regulatory_basis=chance.choice(BASES),
    )
    if chance.random() < 0.3:
        goes_anywhere_in(service, council=council)
    else:
        comes_from(service, chance.choice(POINTS), miles=chance.choice([1, 3, 9]))
    has_space(
        service,
        space=chance.choice(["now", "now", "now", "full", "not_known"]),
        hours_free=chance.choice([None, 0, 2, 4, 6, 12, 20]),
        days=chance.choice([[], DAYS, ["mon"], ["tue", "wed"]]),
        parts=chance.choice([[], ["morning"], ["morning", "afternoon"]]),
    )
    if chance.random() < 0.4:
        for day in chance.sample(DAYS, 2):
            WeeklyHours.objects.create(service=service, day=day, starts_minute=540, ends_minute=660)


def make_chance_credentials(chance, provider):
    for kind in ("public_liability", "employers_liability"):
        if chance.random() < 0.7:
            Credential.every.create(
                provider=provider,
                kind=kind,
                holder="provider",
                amount_pence=chance.choice([None, 1, 2, 5, 10]) and chance.choice([1, 2, 5, 10]) * 100_000_000,
                starts_on=chance.choice([datetime.date(2026, 1, 1), datetime.date(2027, 2, 1)]),
                ends_on=chance.choice([datetime.date(2027, 12, 31), None]),
            )
    if chance.random() < 0.6:
        Credential.every.create(
            provider=provider, kind="first_aid", holder="workers", held_by=1, starts_on=datetime.date(2026, 1, 1)
        )


def make_chance_requirement(by, council, seed):
    """Up to three lots, one of them with times, and up to four conditions."""
    chance = random.Random(seed)
    requirement = make_requirement(by, council, buyer=chance.choice(["council", "individual"]))
    for _lot in range(chance.choice([1, 2, 3])):
        lot = add_lot(
            by,
            requirement,
            chance.choice(CATEGORIES),
            hours_per_week=chance.choice([None, 4, 10, 30]),
            outcodes=chance.choice([["BA1"], ["BA1", "BA2"], ["BA1", "BA3"]]),
        )
        if lot.hours_per_week and chance.random() < 0.6:
            for day in chance.sample(DAYS, chance.choice([1, 2])):
                wanted = chance.choice([60, 120, 240])
                LotTime.objects.create(lot=lot, day=day, starts_minute=480, ends_minute=720, minutes_needed=wanted)
    some_lot = chance.choice(list(requirement.lots.all()))
    for kind, amounts in chance.sample(
        [
            ("public_liability", {"amount_pence": chance.choice([200_000_000, 500_000_000, 1_000_000_000])}),
            ("employers_liability", {"amount_pence": 500_000_000}),
            ("first_aid", {}),
            ("least_people", {"number": chance.choice([2, 3])}),
            ("turnover", {"amount_pence": 10_000_000}),
            ("registration", {}),
            ("all_lots", {}),
        ],
        chance.choice([0, 1, 2, 3]),
    ):
        lot = some_lot if kind != "all_lots" and chance.random() < 0.3 else None
        ask(by, requirement, kind, by_when=chance.choice(["answer", "start"]), lot=lot, **amounts)
    return requirement
