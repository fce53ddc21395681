import re

from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, axe, fits_the_width

PAGES = ["/", "/accessibility/", "/privacy/", "/open-data/", "/accounts/login/", "/no-such-page/"]


def test_the_sites_own_pages_please_axe_on_a_phone_and_at_a_desk(page_at):
    for width in (PHONE, DESK):
        page = page_at(width)
        for address in PAGES:
            page.goto(address)
            axe(page)
            fits_the_width(page)


def test_no_page_scrolls_sideways_at_320_px_with_javascript_off(page_at):
    page = page_at(320, javascript=False)
    for address in PAGES:
        page.goto(address)
        fits_the_width(page)


def test_the_first_tab_stop_skips_to_the_content(page_at):
    page = page_at(PHONE)
    page.goto("/privacy/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_a_wrong_address_is_explained_where_the_reader_is(page_at):
    page = page_at(PHONE)
    page.goto("/accounts/login/")
    page.fill("#id_email", "nonsense")
    page.click("text=Send me a code")
    expect(page).to_have_title(re.compile("^Error: "))
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    axe(page)
    page.click(".govuk-error-summary a")
    assert page.evaluate("document.activeElement.id") == "id_email"
    assert page.input_value("#id_email") == "nonsense"


def test_nothing_breaks_the_content_security_policy(page_at):
    page = page_at(DESK)
    said = []
    page.on("console", lambda message: said.append(message.text))
    for address in PAGES[:-1]:
        page.goto(address)
    assert said == []


def test_a_passkey_is_added_and_signs_in_alone(page_at, sign_in_as, checker):
    page = sign_in_as(page_at(DESK), checker)
    page.goto("/accounts/2fa/webauthn/add/")
    axe(page)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.fill("#id_name", "My phone")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.get_by_text("Your passkey has been added.").wait_for()
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("My phone")
    axe(page)
    page.click("text=Sign out")
    page.goto("/accounts/login/")
    page.click("#passkey_login")
    page.get_by_role("heading", name="Hello, Chi Checker").wait_for()
