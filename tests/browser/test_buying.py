"""A requirement that shut the field is opened and answered by two together, in chromium; axe judges every page."""

import pytest

from commissioning.models import Requirement
from providers.models import Submission
from providers.moderation.actions import publish
from tests.browser.conftest import DESK, PHONE
from tests.browser.visitor import BrowserVisitor
from tests.factories.registrations import register_provider
from tests.journeys import buying


@pytest.fixture
def two_providers(postcodes, council, checker, provider_user, other_provider_user):
    """Each has ten hours a week: the lot asks for twenty."""
    marek = {"name": buying.MAREK, "phone": "07700 900 456", "email": "marek@kitchen.example"}
    for user, you in ((provider_user, {}), (other_provider_user, marek)):
        paid = {"payers": ["private", "council"]}
        provider = register_provider(user, you=you, when={"hours_free": 10}, customers=paid)
        publish(submission=Submission.objects.get(provider=provider), by=checker)


def test_two_small_providers_answer_what_had_shut_them_out(
    page_at, sign_in_as, two_providers, commissioner, provider_user, other_provider_user
):
    """The council at a desk, the providers on a phone without JavaScript."""
    judge = page_at(PHONE)
    people = {"buyer": commissioner, "rosie": provider_user, "marek": other_provider_user}
    widths = {"buyer": (DESK, True), "rosie": (PHONE, False), "marek": (PHONE, False)}
    visitors = {}
    for name, user in people.items():
        width, javascript = widths[name]
        visitors[name] = BrowserVisitor(page_at(width, javascript=javascript), name, None if javascript else judge)
        sign_in_as(visitors[name].page, user)
    buyer, rosie, marek = (visitors[name] for name in ("buyer", "rosie", "marek"))
    buying.commissioner_shuts_the_field(buyer)
    buying.commissioner_sees_why(buyer)
    buying.commissioner_opens_it(buyer)
    buying.commissioner_publishes(buyer)
    buying.providers_form_a_team(rosie, marek)
    buying.team_speaks_up(rosie, marek)
    buying.answers_close()
    buying.commissioner_locks(buyer)
    buying.commissioner_tells_what_came_of_it(buyer, Requirement.objects.get().reference)
    buying.team_reads_it(rosie)
    releases = rosie.page.request.get("/ocds/releases/").json()["releases"]
    assert [award["title"] for release in releases for award in release.get("awards", [])] == ["Lunches in BA1"]
