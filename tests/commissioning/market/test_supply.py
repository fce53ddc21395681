"""Prices and hours free: enough providers or nothing, on the page and in the files."""

import pytest

from commissioning.market.ground import ground_of
from commissioning.market.reading import offers_near
from commissioning.market.supply import supply
from tests.commissioning.market.makers import one_service
from tests.providers.listings.makers import comes_from, has_space, listed, make_service

pytestmark = pytest.mark.django_db

BATH = "/commissioning/market/E06000022/"


@pytest.fixture
def cooks(council, census):
    """Five who cook by the hour and said their hours, a sixth who gardens besides, and a seventh far away."""
    for number in range(5):
        one_service(council, miles=3, name=f"Cook {number}", price_pence=1500 + 100 * number, hours_free=10)
    one_service(council, miles=3, name="Both", categories=("cooking", "gardening"), price_pence=2510, hours_free=7)
    one_service(council, miles=3, name="Away", base_postcode="TA1 1HE", price_pence=9900, hours_free=90)


def found(council):
    ground = ground_of(council)
    return supply(ground, offers_near(ground))


def test_prices_are_quartiles_of_one_price_of_each_provider(cooks, council):
    (row,) = found(council).prices
    assert (row.term.code, row.unit, row.providers) == ("cooking", "hour", 6)
    assert (row.low, row.middle, row.high) == (1650, 1750, 1900)


def test_hours_are_a_rounded_sum_and_a_median(cooks, council):
    (row,) = found(council).hours
    assert (row.term.code, row.providers, row.hours, row.middle) == ("cooking", 6, 60, 10)


def test_what_rests_on_few_is_not_shown_and_told_to_be_there(cooks, council, as_commissioner):
    page = as_commissioner.get(f"{BATH}prices-and-hours/").content.decode()
    assert "Gardening" not in page
    assert "Of 1 kind of help too few prices are known to be shown." in page
    assert "Of 1 kind of help too little is known of hours to be shown." in page
    for file in ("prices.csv", "hours-free.csv"):
        assert "Gardening" not in as_commissioner.get(f"{BATH}{file}").content.decode()


def test_nobodys_hours_are_the_difference_of_two_rows(council, census):
    """Six cook, and five of them garden: cooking less gardening would be the sixth's own hours."""
    for number in range(6):
        kinds = ("cooking", "gardening") if number else ("cooking",)
        one_service(council, miles=3, name=f"Cook {number}", categories=kinds, hours_free=10 + number)
    shown = found(council)
    assert [row.term.code for row in shown.hours] == ["cooking"]
    assert shown.hours_hidden == 1
    # Quartiles do not add up, so prices of both may stand.
    assert {row.term.code for row in shown.prices} == {"cooking", "gardening"}


def test_of_a_provider_with_two_services_the_lowest_price_and_the_most_hours_count(council, census):
    for number in range(5):
        service = one_service(council, miles=3, name=f"Cook {number}", price_pence=2000, hours_free=10)
        second = make_service(service.provider, "Supper", categories=["cooking"], price_pence=3000)
        comes_from(second, miles=3)
        has_space(second, hours_free=8)
        listed(service.provider)
    shown = found(council)
    assert (shown.prices[0].providers, shown.prices[0].high) == (5, 2000)
    assert (shown.hours[0].providers, shown.hours[0].hours) == (5, 50)


def test_a_council_with_too_few_says_so(council, census, as_commissioner):
    one_service(council, miles=3, price_pence=None, price_unit="")
    page = as_commissioner.get(f"{BATH}prices-and-hours/").content.decode()
    assert page.count("Too few providers have said.") == 2


def test_prices_stand_in_the_file_as_on_the_page(cooks, as_commissioner):
    said = as_commissioner.get(f"{BATH}prices.csv").content.decode("utf-8-sig").splitlines()
    assert said[1] == "Cooking at home,an hour,£16.50,£17.50,£19,6"
    assert "£16.50" in as_commissioner.get(f"{BATH}prices-and-hours/").content.decode()
