"""A family's search in chromium, on a phone without JavaScript and at a desk with it; and what it weighs."""

import re

import pytest
from playwright.sync_api import expect

from providers.models import Category, UnmetNeed
from tests.browser.conftest import DESK, PHONE, axe, fits_the_width
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service
from tests.serving import served

FOUND = "/find/?postcode=BA1+1LZ&need=someone+to+cook+lunch+on+Tuesdays"
KB = 1024


@pytest.fixture
def cooks(transactional_db, council, postcodes):
    """Twenty-three who cook, as different from each other as people are: the same words again and again pack well."""
    cooking = Category.objects.get(pk="cooking")
    for number in range(23):
        provider = make_provider(council, f"Kitchen {number} of {hash(str(number)) % 9973}", phone=f"01225 {number:06}")
        words = " ".join(f"{word}{hash((number, word)) % 997}" for word in ("soup", "stew", "pie", "fish", "rice") * 5)
        service = make_service(provider, f"Lunch {number}", categories=[cooking], description=words)
        comes_from(service)
        has_space(service, days=("tue", "wed"))
        listed(provider)


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False), (DESK, True)])
def test_a_family_narrows_switches_off_and_turns_the_page(page_at, cooks, width, javascript):
    page = page_at(width, javascript=javascript)
    judge = page if javascript else page_at(width)
    page.goto(FOUND)
    looked_at(page, judge)
    if width == PHONE:
        expect(page.get_by_label("Tuesday")).not_to_be_visible()
        page.get_by_text("Narrow these down").first.click()
    page.locator("summary", has_text="Day").click()
    page.get_by_label("Wednesday (23)").check()
    page.get_by_role("button", name="Show results").click()
    expect(page).to_have_url(re.compile("day=wed"))
    looked_at(page, judge)
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".nh-result")).to_have_count(3)
    expect(page).to_have_url(re.compile("day=wed"))
    page.get_by_role("link", name="Take away Day: Wednesday").click()
    page.get_by_role("link", name="Leave out on Tuesday").click()
    expect(page.get_by_role("link", name="Put back on Tuesday")).to_be_visible()
    looked_at(page, judge)


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False), (DESK, True)])
def test_where_nobody_is_found_there_is_something_to_do(page_at, cooks, width, javascript):
    page = page_at(width, javascript=javascript)
    judge = page if javascript else page_at(width)
    page.goto("/find/?postcode=BA1+1LZ&need=gardening+on+Mondays&price=over-30")
    looked_at(page, judge)
    page.get_by_role("button", name="Tell the council nobody was found").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert UnmetNeed.objects.get().category_id == "gardening"
    looked_at(page, judge)
    page.get_by_role("link", name="Back to your search").click()
    page.get_by_role("link", name="Any kind of help").click()
    expect(page.locator(".nh-result")).to_have_count(20)


def test_the_map_is_walked_by_keyboard_and_asks_nobody_else(page_at, cooks):
    page = page_at(DESK)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    faults = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(FOUND.replace("/find/", "/find/map/"))
    pin = page.locator(".nh-map__pin")
    pin.wait_for()
    expect(page.locator("#drawing")).not_to_be_visible()
    axe(page)
    pin.focus()
    page.keyboard.press("Enter")
    link = page.locator(".nh-map__found a").first
    link.wait_for()
    axe(page)
    fits_the_width(page)
    assert link.text_content().startswith("1. Lunch")
    expect(page.locator(".nh-map-list > li")).to_have_count(20)
    here = page.url.partition("/find/")[0]
    assert [url for url in asked if not url.startswith(here)] == []
    assert faults == []


def test_without_javascript_or_without_the_points_the_drawing_stays(page_at, cooks):
    page = page_at(PHONE, javascript=False)
    page.goto(FOUND.replace("/find/", "/find/map/"))
    expect(page.locator("#drawing")).to_be_visible()
    expect(page.locator("#map")).not_to_be_visible()
    looked_at(page, page_at(PHONE))
    page = page_at(DESK)
    page.route("**/points.json*", lambda route: route.abort())
    page.goto(FOUND.replace("/find/", "/find/map/"))
    page.wait_for_load_state("networkidle")
    expect(page.locator("#drawing")).to_be_visible()


def looked_at(page, judge):
    """Nothing scrolls sideways, and axe, which needs JavaScript, finds nothing at the same address."""
    fits_the_width(page)
    if judge is not page:
        judge.goto(page.url)
        judge.wait_for_load_state("networkidle")
    axe(judge)


def test_twenty_results_weigh_little_and_less_the_second_time(browser, cooks):
    with served("granian") as (port, _said):
        context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
        page = context.new_page()
        first, again = weight_of(page, FOUND), weight_of(page, FOUND + "&page=1")
        expect(page.locator(".nh-result")).to_have_count(20)
        context.close()
    assert first["bytes"] <= 60 * KB, first
    assert again["bytes"] <= 15 * KB, again
    assert not [address for address in first["asked"] if "leaflet" in address or "map.js" in address]


def weight_of(page, address):
    """All that the network carried for one page, headers included, as the browser itself counts it."""
    network = page.context.new_cdp_session(page)
    carried = []
    asked = []
    network.on("Network.loadingFinished", lambda event: carried.append(event["encodedDataLength"]))
    network.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    network.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    network.detach()
    return {"bytes": sum(carried), "asked": asked}
