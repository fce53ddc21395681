"""A family's list in chromium: kept, put in order, shared and printed without JavaScript; axe judges every page."""

import io

import pdfplumber
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from providers.models import KeptList
from providers.shortlists.actions import keep, make_list, note
from providers.shortlists.links import look_address_of, look_token_of, token_of
from tests.browser.conftest import DESK, PHONE, axe, fits_the_width
from tests.browser.visitor import BrowserVisitor
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service


@pytest.fixture
def two(provider, council, postcodes):
    """Rosie's, and Ana's next to her."""
    listed(provider)
    ana = make_provider(council, "Ana’s Kitchen", slug="ana", phone="01225 000000", prefers_calls=True)
    service = make_service(ana, "Lunch at home", languages=["English", "Portuguese"])
    comes_from(service)
    has_space(service)
    listed(ana)
    return provider, ana


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False), (DESK, True)])
def test_a_daughter_keeps_two_and_prints_them_for_her_mother(page_at, two, width, javascript):
    judge = None if javascript else page_at(width)
    daughter = BrowserVisitor(page_at(width, javascript=javascript), "daughter", judge)
    daughter.goto("/find/?postcode=BA1+1LZ")
    daughter.press("Keep this one: Lunch and company")
    assert daughter.address == "/find/?postcode=BA1+1LZ"
    assert "On your list." in daughter.text
    daughter.press("Keep this one: Lunch at home")
    daughter.follow("See your list")
    daughter.press("Move up: 2.")
    first, second = daughter.page.locator("h2.nh-result__name").all_text_contents()
    assert first.startswith("1. ")
    assert second.startswith("2. ")
    daughter.page.locator("summary", has_text="Write a note").first.click()
    daughter.fill("Your note", "Rang on Monday, can start in May")
    daughter.press("Save the note")
    assert "Your note: Rang on Monday, can start in May" in daughter.text
    daughter.press("Take off the list: 2.")
    daughter.press("Put back")
    daughter.follow("See them side by side")
    daughter.goto(f"/shortlist/{token_of(KeptList.objects.get())}/send/")
    daughter.press("Send the link")
    assert "Enter the e-mail address" in daughter.text
    daughter.goto(f"/shortlist/{token_of(KeptList.objects.get())}/on-paper/")
    with pdfplumber.open(io.BytesIO(daughter.opened("Print it in large letters"))) as paper:
        assert "Rang on Monday" in " ".join(page.extract_text() for page in paper.pages).replace("\n", " ")


def test_whoever_is_sent_the_link_looks_and_changes_nothing(page_at, two):
    today = timezone.localdate()
    kept = make_list(by=None, today=today)
    for each in two:
        keep(kept_list=kept, service_id=each.services.get().pk, by=None, today=today)
    note(kept=kept.kept.first(), words="W" * 200, by=None, today=today)
    brother = page_at(320)
    brother.goto("/" + look_address_of(kept).split("/", 3)[3])
    for page in ("", "side-by-side/", "on-paper/"):
        brother.goto(f"/shared-list/{look_token_of(kept)}/{page}")
        axe(brother)
        fits_the_width(brother)
        expect(brother.locator("main form")).to_have_count(0)
    for address in ("/shortlist/", "/shortlist/nonsense/", f"/shortlist/{token_of(kept)}/delete/"):
        brother.goto(address)
        axe(brother)
        fits_the_width(brother)
