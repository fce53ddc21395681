"""Certificates looked through with the keyboard alone, counted. Run with `-s` to read the figures."""

import pytest
from playwright.sync_api import expect

from providers.models import Check
from tests.browser.conftest import DESK, PHONE, axe, fits_the_width
from tests.providers.councils.makers import on_the_list
from tests.providers.credentials.files import pdf, picture
from tests.providers.moderation.makers import certificate, insured

CERTIFICATES = 6
# A verdict is a choice of one's own: nothing is chosen beforehand.
SEEN = ["Space", "Enter"]
NOT_ACCEPTED = ["ArrowDown", "Enter"]


@pytest.fixture
def waiting(council):
    """Photographs and PDFs in turn."""
    for number in range(CERTIFICATES):
        provider, _owner = on_the_list(council, f"Cook {number}")
        certificate(insured(provider), picture(size=(900, 640)) if number % 2 else pdf())


def focus_is_seen(page):
    return page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement); "
        "const l = document.activeElement.nextElementSibling;"
        " const b = l && getComputedStyle(l, '::before');"
        " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || (b && b.boxShadow !== 'none'); }"
    )


def test_batch_checking_needs_two_keys_and_one_page_for_each(page_at, sign_in_as, waiting, council, checker):
    page = sign_in_as(page_at(DESK, javascript=False), checker)
    pressed, loaded = [], []
    page.on("framenavigated", lambda frame: loaded.append(frame.url))
    page.goto(f"/checks/one-by-one/{council.pk}/")
    page.locator("button:focus").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/checks/one-by-one/*/*-*/")
    loaded.clear()
    for number in range(CERTIFICATES):
        page.locator("[name=outcome]:focus").wait_for()
        assert focus_is_seen(page)
        before = page.url
        for key in NOT_ACCEPTED if number == 1 else SEEN:
            pressed.append(key)
            page.keyboard.press(key)
        page.wait_for_url(lambda url, before=before: url != before)
    expect(page.get_by_text("No certificate is waiting")).to_be_visible()
    outcomes = list(Check.objects.order_by("recorded_at").values_list("outcome", flat=True))
    assert outcomes == ["seen", "not_accepted", *["seen"] * (CERTIFICATES - 2)]
    keys, pages = len(pressed) / CERTIFICATES, len(loaded) / CERTIFICATES
    print(f"Batch checking: {keys:g} keys and {pages:g} page(s) for each of {CERTIFICATES} certificates")
    assert keys <= 4
    assert pages <= 1


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_certificate_is_shown_beside_its_facts(page_at, sign_in_as, waiting, council, checker, width):
    page = sign_in_as(page_at(width), checker)
    page.goto(f"/checks/one-by-one/{council.pk}/")
    axe(page)
    page.locator("button:focus").wait_for()
    page.keyboard.press("Enter")
    # A page has come when its pictures have.
    page.wait_for_url("**/checks/one-by-one/*/*-*/")
    for _ in range(2):
        shown = page.locator(".nh-check-one__picture")
        assert shown.evaluate("picture => picture.complete && picture.naturalWidth") > 0
        axe(page)
        fits_the_width(page)
        before = page.url
        page.locator("[name=outcome]:focus").wait_for()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)
    page.get_by_role("button", name="Take that back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert Check.objects.first().outcome == "taken_back"
