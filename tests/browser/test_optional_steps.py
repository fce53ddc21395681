"""What makes a listing better, on a phone: exact hours, other prices, accessibility, numbers, and the open feed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, axe, fits_the_width
from tests.factories.registrations import write_draft
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service

pytestmark = pytest.mark.usefixtures("postcodes", "council")
HALL = {"where": {"place": "Widcombe Social Club"}}


def judge(page):
    axe(page)
    fits_the_width(page)


def test_the_optional_pages_are_filled_in_on_a_phone(page_at, sign_in_as, provider_user):
    write_draft(
        provider_user, you={"legal_form": "company"}, service={"delivery": ["at_ours", "out_and_about"]}, **HALL
    )
    page = page_at(PHONE)
    sign_in_as(page, provider_user)
    page.goto(reverse("join_step", args=["hours"]))
    page.get_by_label("What are your hours on all your days?").fill("9-1 and 2-5")
    judge(page)
    page.get_by_role("button", name="Save and continue").click()
    page.goto(reverse("join_step", args=["extras"]))
    page.get_by_label("What do you charge at weekends?").fill("22.50")
    page.get_by_label("45 minutes").check()
    judge(page)
    page.get_by_role("button", name="Save and continue").click()
    page.goto(reverse("join_step", args=["ease"]))
    page.get_by_label("Step-free, all the way in").check()
    judge(page)
    page.get_by_role("button", name="Save and continue").click()
    page.goto(reverse("join_step", args=["numbers"]))
    page.get_by_label("What is your company number?").fill("12")
    page.get_by_role("button", name="Save and continue").click()
    judge(page)
    page.get_by_label("What is your company number?").fill("1234567")
    page.get_by_role("button", name="Save and continue").click()
    page.goto(reverse("join_check"))
    judge(page)
    for words in ("9am to 1pm, 2pm to 5pm", "£22.50", "45 minutes", "Step-free, all the way in", "01234567"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_label("Keep my listing out of the open feed")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_public_page_shows_hours_prices_access_and_numbers(page_at, council, width):
    provider = make_provider(council, legal_form="company")
    provider.identifiers.create(scheme="company", value="01234567")
    service = make_service(provider, accessibility=["step_free", "easy_read"], languages=["English", "Polish"])
    comes_from(service)
    has_space(service)
    service.extras.create(extra_for="weekend", price_pence=2450, price_unit="hour")
    for day in ("mon", "tue", "wed"):
        service.weekly_hours.create(day=day, starts_minute=540, ends_minute=780)
    listed(provider)
    page = page_at(width)
    page.goto(f"/providers/{provider.slug}/")
    judge(page)
    expect(page.get_by_text("Monday to Wednesday: 9am to 1pm")).to_be_visible()
