import pytest

from providers.models import Category
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


@pytest.fixture
def ana(council, postcodes):
    """Comes from Bath up to five miles to cook lunch on Tuesdays, and has space."""
    provider = make_provider(council, about="I have cooked for people for thirty years.")
    service = make_service(provider, categories=[Category.objects.get(pk="cooking")])
    comes_from(service, point=BATH_ABBEY, miles=5)
    has_space(service)
    listed(provider)
    return provider


@pytest.fixture
def roving(council, postcodes):
    """Goes anywhere in the council's area to garden; says neither price nor days."""
    provider = make_provider(council, "Roving gardener")
    service = make_service(
        provider,
        "Gardens",
        description="Lawns and hedges.",
        categories=[Category.objects.get(pk="gardening")],
        price_pence=None,
        price_unit="",
        payers=[],
    )
    goes_anywhere_in(service, council=council)
    listed(provider)
    return provider


@pytest.fixture
def hall(council, postcodes):
    """A lunch club in Radstock that people go to."""
    provider = make_provider(council, "Radstock lunch club", town="Radstock", base_postcode="BA3 3AA")
    service = make_service(provider, "Lunch club", categories=[Category.objects.get(pk="lunch-club")])
    people_come_to(service, point=(368_857, 154_949), place="Radstock")
    listed(provider)
    return provider
