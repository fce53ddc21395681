import pytest

from providers.models.recommendation import NotShownBecause
from providers.recommending.rules import CAN_BE_MENDED, MOST_INVITED, WhyNot, spoken, tidy_code, why_not


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, None),
        ({"email": " ROSIE@home.example "}, WhyNot.OWN_ADDRESS),
        ({"email": "Jo@home.example"}, WhyNot.ASKED_BEFORE),
        ({"invited_lately": MOST_INVITED}, WhyNot.TOO_MANY),
        ({"email": "", "invited_lately": MOST_INVITED - 5, "wanted": 5}, None),
        ({"email": "", "invited_lately": MOST_INVITED - 5, "wanted": 6}, WhyNot.TOO_MANY),
    ],
)
def test_who_is_invited(facts, why):
    plain = {"email": "mary@home.example", "own": ["rosie@home.example"], "before": ["jo@home.example"]}
    assert why_not(**{**plain, "invited_lately": 0, **facts}) is why


def test_no_reason_to_hold_something_back_is_that_it_is_bad():
    assert set(NotShownBecause.values) == {"names", "safeguarding", "abuse", "advert", "not_a_customer", "paid"}
    assert set(NotShownBecause.values) >= CAN_BE_MENDED


def test_a_code_is_read_however_it_was_typed():
    assert spoken("bcdfghjkmnpq") == "bcdf-ghjk-mnpq"
    assert tidy_code(" BCDF ghjk-mnpq ") == "bcdfghjkmnpq"
    assert tidy_code("x" * 500) == "x" * 20
