"""A requirement that shut the field is opened and answered by two together, in chromium; axe judges every page."""

from tests.browser.conftest import DESK, PHONE
from tests.browser.visitor import BrowserVisitor
from tests.journeys import buying


def test_two_small_providers_answer_what_had_shut_them_out(
    page_at, sign_in_as, postcodes, council, checker, commissioner, provider_user, other_provider_user
):
    """The council at a desk, the providers on a phone without JavaScript."""
    buying.list_two_providers(checker, provider_user, other_provider_user)
    judge = page_at(PHONE)
    buyer = BrowserVisitor(page_at(DESK), "buyer")
    rosie, marek = (BrowserVisitor(page_at(PHONE, javascript=False), name, judge) for name in ("rosie", "marek"))
    for visitor, user in ((buyer, commissioner), (rosie, provider_user), (marek, other_provider_user)):
        sign_in_as(visitor.page, user)
    buying.walk(buyer, rosie, marek)
    releases = rosie.page.request.get("/ocds/releases/").json()["releases"]
    assert [award["title"] for release in releases for award in release.get("awards", [])] == ["Lunches in BA1"]
