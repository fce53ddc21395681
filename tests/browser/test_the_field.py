"""A commissioner's search in chromium, on the narrowest phone without JavaScript and at a desk with it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, axe, fits_the_width
from tests.commissioning.conftest import field  # noqa: F401  # a fixture

NARROW = 320


@pytest.mark.parametrize(("width", "javascript"), [(NARROW, False), (DESK, True)])
def test_a_commissioner_narrows_the_field_keeps_and_compares(
    page_at,
    sign_in_as,
    transactional_db,
    commissioner,
    field,  # noqa: F811
    width,
    javascript,
):
    page = sign_in_as(page_at(width, javascript=javascript), commissioner)
    judge = page if javascript else sign_in_as(page_at(width), commissioner)
    page.goto("/commissioning/search/")
    looked_at(page, judge)
    page.locator("summary", has_text="Room and price").click()
    page.get_by_label("Hours free a week, at least").fill("4")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"\?hours=4$"))
    expect(page.locator(".nh-result")).to_have_count(2)
    looked_at(page, judge)
    for box in page.get_by_label("Tick to keep or compare").all():
        box.check()
    page.get_by_label("Put them on a new list").fill("To ring")
    page.get_by_role("button", name="Put on the list").click()
    expect(page.get_by_text("2 services were put on")).to_be_visible()
    for box in page.get_by_label("Tick to keep or compare").all():
        box.check()
    page.get_by_role("button", name="Compare up to six").click()
    expect(page.get_by_role("heading", name="Side by side")).to_be_visible()
    looked_at(page, judge)
    page.goto("/commissioning/search/?hours=4")
    page.get_by_role("link", name="Write a note").first.click()
    looked_at(page, judge)
    page.goto("/commissioning/search/save/?hours=4")
    looked_at(page, judge)
    page.goto("/commissioning/search/postcodes/?hours=4")
    page.get_by_label("Postcodes").fill("BA1 1LZ\nnonsense")
    page.get_by_role("button", name="Search there").click()
    expect(page.get_by_role("link", name="We do not know this postcode: nonsense")).to_be_visible()
    fits_the_width(page)


def looked_at(page, judge):
    """Nothing scrolls sideways, and axe, which needs JavaScript, finds nothing at the same address."""
    fits_the_width(page)
    if judge is not page:
        judge.goto(page.url)
        judge.wait_for_load_state("networkidle")
    axe(judge)
