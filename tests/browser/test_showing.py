"""What a provider gets out of it, looked at as people do: on a telephone and at a desk, judged by axe."""

import datetime

import pytest
from django.utils import timezone

from providers.figures.rules import monday_of
from providers.models import WeeklyFigure
from providers.showing.actions import make_link
from providers.showing.links import SIGNER
from tests.browser.conftest import DESK, PHONE, axe, fits_the_width
from tests.providers.listings.makers import listed


@pytest.fixture
def pages(provider, provider_user):
    """Rosie's pages, with figures to draw, a link that works and her public page; the last two are anybody's."""
    listed(provider)
    today = timezone.localdate()
    for weeks in range(12):
        monday = monday_of(today) - datetime.timedelta(weeks=weeks)
        WeeklyFigure.objects.create(provider=provider, week=monday, found=1234 - 100 * weeks, opened=99)
    link = make_link(provider=provider, made_for="W" * 120, days=30, by=provider_user, now=timezone.now())
    own = [f"/my/{provider.slug}/{name}" for name in ("", "figures/", "flyer/", "passport/", "data/", "leave/")]
    public = [f"/passport/{SIGNER.sign(link.pk.hex)}/", f"/providers/{provider.slug}/", "/p/zzzzzz/", "/passport/over/"]
    return own + public


@pytest.mark.parametrize("width", [320, DESK])
def test_every_page_pleases_axe_and_fits(page_at, sign_in_as, provider_user, pages, width):
    page = sign_in_as(page_at(width), provider_user)
    for address in pages:
        page.goto(address)
        axe(page)
        fits_the_width(page)


def test_a_bar_is_no_wider_than_the_table(page_at, sign_in_as, provider_user, pages):
    page = sign_in_as(page_at(PHONE), provider_user)
    page.goto(pages[1])
    table, bar = (page.locator(name).first.bounding_box() for name in (".nh-figures", ".nh-figures svg"))
    assert bar["x"] + bar["width"] <= table["x"] + table["width"] + 1
