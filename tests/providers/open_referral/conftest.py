import datetime

import pytest
from django.utils import timezone

from providers.models import Category, Check, Credential
from tests.providers.listings.makers import (
    BATH_ABBEY,
    comes_from,
    goes_anywhere_in,
    has_space,
    listed,
    make_provider,
    make_service,
    people_come_to,
)

WEEK = {"mon": [(540, 780), (840, 1020)], "tue": [(540, 780), (840, 1020)], "sat": [(1080, 1440)]}


@pytest.fixture
def telling(council, postcodes):
    """Says everything that there is to say, and goes out to people as well as having them come."""
    provider = make_provider(
        council,
        "Wash and go",
        legal_form="cic",
        about="We are four sisters.",
        people=4,
        employs_anyone=True,
        run_by_members=True,
        website="https://wash.example/",
        email="us@wash.example",
    )
    provider.identifiers.create(scheme="company", value="01234567")
    provider.identifiers.create(scheme="ico", value="ZA123456")
    service = make_service(
        provider,
        "Outings",
        categories=[Category.objects.get(pk="cooking")],
        languages=["English", "Polish", "Elvish"],
        accessibility=["easy_read", "wheelchair_car"],
        client_groups=["older", "dementia"],
        delivery=["at_home"],
        payers=["private", "direct_payment"],
        regulatory_basis="not_personal_care",
    )
    comes_from(service)
    people_come_to(service)
    goes_anywhere_in(service, council=council)
    has_space(service, parts=["morning"])
    service.extras.create(extra_for="weekend", price_pence=2450, price_unit="hour")
    for day, spans in WEEK.items():
        for start, end in spans:
            service.weekly_hours.create(day=day, starts_minute=start, ends_minute=end)
    listed(provider)
    return provider


@pytest.fixture
def quiet(council, postcodes):
    """Says nothing that need not be said."""
    provider = make_provider(
        council, "Quiet help", legal_form="unknown", people=None, phone="", base_postcode="", town=""
    )
    service = make_service(provider, "Help", description="", payers=[], price_pence=None, price_unit="")
    goes_anywhere_in(service, council=council)
    listed(provider)
    return provider


@pytest.fixture
def hall(council, postcodes):
    """A lunch club in a hall that is nobody's home."""
    provider = make_provider(council, "Radstock lunch club", town="Radstock", base_postcode="BA3 3AA")
    service = make_service(provider, "Lunch club", categories=[Category.objects.get(pk="lunch-club")])
    row = people_come_to(service, point=(375_100, 164_800), place="The Hall")
    row.postcode = "BA1 1LZ"
    row.save()
    listed(provider)
    return provider


@pytest.fixture
def garden(council, postcodes):
    """People come to a garden that is also somebody's home."""
    provider = make_provider(council, "A garden", base_postcode="BA2 4AA")
    service = make_service(provider, "Gardening together", categories=[Category.objects.get(pk="gardening")])
    people_come_to(service, point=BATH_ABBEY, place="")
    listed(provider)
    return provider


def seen(provider, council, checker, kind="public_liability", ends_on=None):
    """A certificate that a council has seen."""
    credential = Credential.every.create(
        provider=provider,
        kind=kind,
        holder="provider",
        amount_pence=500_000_000 if kind == "public_liability" else None,
        starts_on=timezone.localdate() - datetime.timedelta(days=100),
        ends_on=ends_on,
    )
    Check.objects.create(
        credential=credential,
        council=council,
        by=checker,
        seen_on=timezone.localdate(),
        means="original",
        outcome="seen",
    )
    return credential
