"""What is published, and an answer to it, looked at on a telephone and at a desk, judged by axe."""

import uuid

import pytest

from commissioning.opportunities import actions
from tests.browser.conftest import DESK, PHONE
from tests.browser.visitor import BrowserVisitor
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.commissioning.opportunities.makers import UNSEALED, close, give_times, publish, speak_up
from tests.factories.edits import publish_first


@pytest.fixture
def opportunity(council, commissioner, checker, provider, provider_user, postcodes):
    publish_first(provider, checker)
    requirement = make_requirement(commissioner, council)
    add_lot(commissioner, requirement, "cooking")
    add_lot(commissioner, requirement, "lunch-club", title="A lunch club", hours_per_week=None, outcodes=[])
    ask(commissioner, requirement, "public_liability", amount_pence=1_000_000_000)
    opportunity = publish(commissioner, requirement, UNSEALED)
    question = actions.ask(
        by=provider_user, provider=provider, opportunity=opportunity, text="Whose kitchen?", press=uuid.uuid4()
    )
    actions.answer(by=commissioner, question=question, shown="Whose kitchen?", words="Yours, or ours.")
    return opportunity


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_carer_speaks_up_on_a_telephone(page_at, sign_in_as, provider, provider_user, opportunity, width):
    reference = opportunity.requirement.reference
    carer = BrowserVisitor(sign_in_as(page_at(width), provider_user), f"speaks-up-{width}")
    carer.goto("/opportunities/")
    carer.follow("Lunch and company in Bath")
    carer.goto(f"/opportunities/{reference}/ask/")
    carer.goto(f"/opportunities/{reference}/speak-up/")
    for button in ("Start", "Save and continue", "Save and continue", "Save and continue", "Save and continue"):
        carer.press(button)
    carer.press("Send it to the council")
    carer.goto(f"/my/{provider.slug}/opportunities/")
    assert opportunity.interests.sent().count() == 1


def test_a_commissioner_decides(page_at, sign_in_as, provider, provider_user, commissioner, council, opportunity):
    interest = speak_up(provider_user, opportunity, provider)
    fresh = make_requirement(commissioner, council)
    add_lot(commissioner, fresh, "cooking")
    give_times(commissioner, fresh)
    own = f"/commissioning/requirements/{opportunity.requirement.reference}/opportunity/"
    desk = BrowserVisitor(sign_in_as(page_at(DESK), commissioner), "decides")
    for address in (f"/commissioning/requirements/{fresh.reference}/publish/", own, f"{own}publish-again/"):
        desk.goto(address)
    close(opportunity)
    lot = opportunity.requirement.lots.first().pk
    for more in ("", f"answers/{interest.pk}/", f"answers/{interest.pk}/your-word/", f"lots/{lot}/outcome/", "stop/"):
        desk.goto(f"{own}{more}")
