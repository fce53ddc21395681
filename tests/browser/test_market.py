"""A council's market: on a telephone, at a desk, without scripts, by keyboard, by axe."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, axe, fits_the_width
from tests.commissioning.market.conftest import census  # noqa: F401
from tests.commissioning.market.makers import one_service

MARKET = "/commissioning/market/E06000022/"


@pytest.fixture
def market(council, census):  # noqa: F811
    for number in range(6):
        facts = {"hours_free": 10, "price_pence": 1500 + 100 * number}
        one_service(council, miles=2, name=f"Cook {number}", holds={"public_liability": {}}, **facts)


@pytest.mark.parametrize("width", [320, DESK])
def test_every_page_pleases_axe_and_fits(page_at, sign_in_as, commissioner, market, width):
    page = sign_in_as(page_at(width), commissioner)
    for name in ("", "without/cooking/", "prices-and-hours/", "searches/", "openness/", "conditions/"):
        page.goto(f"{MARKET}{name}")
        axe(page)
        fits_the_width(page)


def test_a_commissioner_sees_without_scripts_what_not_asking_would_do(page_at, sign_in_as, commissioner, market):
    page = sign_in_as(page_at(DESK, javascript=False), commissioner)
    page.goto("/commissioning/")
    page.get_by_role("link", name="See the market").click()
    page.get_by_role("link", name="Cooking at home").click()
    expect(page.get_by_role("img", name="Map of Bath and North East Somerset")).to_be_visible()
    page.get_by_role("link", name="The market").click()
    page.get_by_role("link", name="How more people could do the work").click()
    expect(page.get_by_text("They lack only training")).to_be_visible()
    for asked in ("Moving and handling people", "First aid", "Safeguarding adults"):
        page.get_by_label(asked).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Show what that does").press("Enter")
    expect(page.get_by_text("They lack only training")).to_have_count(0)
    expect(page.get_by_text("6 have all that you ask for")).to_be_visible()
