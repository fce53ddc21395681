import re

from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, axe, fits_the_width


def test_a_provider_makes_a_key_for_a_program_and_ends_it(page_at, sign_in_as, provider, provider_user, tmp_path):
    page = sign_in_as(page_at(PHONE, javascript=False), provider_user)
    page.goto("/account/")
    page.click("text=Keys for programs (API)")
    page.click("button:has-text('Make a key')")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say what will use this key")
    fits_the_width(page)
    page.fill("#id_name", "Our website")
    page.click("button:has-text('Make a key')")
    expect(page.locator(".govuk-inset-text")).to_contain_text(re.compile("^\\s*nh_"))
    fits_the_width(page)
    page.click("text=I have copied it")
    expect(page.locator(".govuk-summary-card__title")).to_have_text("Our website")
    fits_the_width(page)
    page.click("button:has-text('End')")
    expect(page.locator("main")).to_contain_text("That key is ended")


def test_the_pages_of_the_api_please_axe(page_at, sign_in_as, provider, provider_user):
    for width in (320, PHONE, DESK):
        page = sign_in_as(page_at(width), provider_user)
        page.goto("/account/api-keys/")
        axe(page)
        page.fill("#id_name", "Our website")
        page.click("button:has-text('Make a key')")
        axe(page)
        for address in ("/account/api-keys/", "/api/"):
            page.goto(address)
            axe(page)
            fits_the_width(page)
