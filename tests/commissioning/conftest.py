import datetime

import pytest
from django.utils import timezone

from commissioning.summaries.actions import lock_summary
from providers.models import Check, Credential
from tests.cast import sign_in
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.providers.listings.makers import (
    comes_from,
    goes_anywhere_in,
    has_space,
    listed,
    make_provider,
    make_service,
    people_come_to,
)

BATH = (375_179, 165_232)


@pytest.fixture
def requirement(commissioner, council, postcodes):
    """Two lots: lunches in BA1 and BA2 by the hour, a lunch club anywhere that is not; public liability of £2m."""
    made = make_requirement(commissioner, council)
    add_lot(commissioner, made, "cooking")
    add_lot(commissioner, made, "lunch-club", title="A lunch club", hours_per_week=None, outcodes=[])
    ask(commissioner, made, "public_liability", amount_pence=200_000_000)
    return made


def insure(provider, checker=None, pounds=5_000_000, **changes):
    credential = Credential.every.create(
        provider=provider,
        kind="public_liability",
        holder="provider",
        amount_pence=pounds * 100,
        **{"starts_on": datetime.date(2026, 6, 1), "ends_on": datetime.date(2027, 5, 31), **changes},
    )
    if checker:
        Check.objects.create(
            credential=credential,
            council=provider.home_council,
            by=checker,
            seen_on=datetime.date(2026, 6, 3),
            means="copy",
            outcome="seen",
        )
    return credential


@pytest.fixture
def field(council, other_council, checker, postcodes):
    """A sole trader who fits, a co-op that is not yet insured enough, a company of which hours are not known."""
    trader = make_provider(council, "Ana’s Kitchen", slug="anas-kitchen", people=1, employs_anyone=False)
    cooking = make_service(trader, "Lunch at home", categories=["cooking"])
    comes_from(cooking, BATH, miles=6)
    has_space(cooking, hours_free=20)
    insure(trader, checker)

    co_op = make_provider(council, "Radstock Table", legal_form="co_operative", people=4, employs_anyone=False)
    club = make_service(co_op, "Tuesday lunch club", categories=["lunch-club", "cooking"])
    people_come_to(club, BATH)
    goes_anywhere_in(club, council=council)
    has_space(club, hours_free=4)
    insure(co_op, pounds=1_000_000)

    company = make_provider(other_council, "Bradford Meals Ltd", legal_form="company", people=9)
    meals = make_service(company, "Home cooking", categories=["cooking"], price_pence=None, price_unit="")
    comes_from(meals, (383_000, 161_000), miles=12)
    has_space(meals, space="not_known", hours_free=None)
    insure(company)
    for provider in (trader, co_op, company):
        listed(provider)
    return {"trader": trader, "co_op": co_op, "company": company}


@pytest.fixture
def as_commissioner(client, commissioner):
    return sign_in(client, commissioner)


def lock_now(requirement, by):
    return lock_summary(by=by, requirement=requirement, now=timezone.now())


@pytest.fixture
def lock(requirement, field, commissioner):
    return lock_now(requirement, commissioner)
