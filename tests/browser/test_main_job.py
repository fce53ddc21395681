"""The main job in chromium, on a phone without JavaScript and at a desk with it; axe judges every page of it."""

import pytest

from providers.models import Submission
from providers.moderation.actions import publish
from tests.browser.conftest import DESK, PHONE
from tests.browser.visitor import BrowserVisitor
from tests.factories.registrations import register_provider
from tests.journeys import main_job


@pytest.fixture
def neighbour(postcodes, council, checker, other_provider_user):
    """Already listed, and has not said how many hours are free."""
    you = {"name": "Marek's Kitchen", "phone": "07700 900 456", "email": "marek@kitchen.example"}
    provider = register_provider(other_provider_user, you=you, when={"hours_free": None})
    publish(submission=Submission.objects.get(provider=provider), by=checker)


def walk_the_main_job(visitors):
    main_job.carer_registers(visitors["carer"])
    main_job.checker_sends_back(visitors["checker"])
    main_job.carer_answers(visitors["carer"])
    main_job.checker_publishes(visitors["checker"])
    main_job.family_finds(visitors["family"])
    main_job.commissioner_writes(visitors["commissioner"])
    main_job.commissioner_sees_the_field(visitors["commissioner"])
    main_job.commissioner_locks(visitors["commissioner"])


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False), (DESK, True)])
def test_the_main_job_is_done(page_at, sign_in_as, neighbour, checker, commissioner, width, javascript):
    judge = None if javascript else page_at(width)
    visitors = {
        name: BrowserVisitor(page_at(width, javascript=javascript), name, judge)
        for name in ("carer", "checker", "family", "commissioner")
    }
    sign_in_as(visitors["checker"].page, checker)
    sign_in_as(visitors["commissioner"].page, commissioner)
    walk_the_main_job(visitors)


def test_the_keyboard_alone_finds_help(page_at, neighbour):
    """Every stop on the way shows where it is, and the first one skips to the content."""
    page = page_at(PHONE, javascript=False)
    page.goto("/find/?postcode=BA1+1LZ&need=someone+to+cook+lunch")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    for _ in range(40):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); "
            "return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || s.backgroundColor !== 'rgba(0, 0, 0, 0)'; }"
        )
        assert shown, page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.textContent").startswith("Lunch and company"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/providers/mareks-kitchen/**")
