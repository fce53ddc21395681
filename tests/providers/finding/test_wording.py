import datetime

import pytest

from providers.finding import wording

TODAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "Every day"),
        (["mon", "tue", "wed", "thu", "fri"], "Monday to Friday"),
        (["mon", "wed", "thu", "fri", "sun"], "Monday, Wednesday to Friday, Sunday"),
        (["sat", "sun"], "Saturday, Sunday"),
        ([], ""),
    ],
)
def test_days_in_a_row_are_said_once(days, words):
    assert wording.times({"days": days, "parts": []}) == words


@pytest.mark.parametrize(
    ("pence", "words"),
    [(None, ""), (0, "Free"), (65, "65p a mile"), (100, "£1 a mile"), (1250, "£12.50 a mile")],
)
def test_a_price_is_written_as_people_say_it(pence, words):
    assert wording.price({"price_pence": pence, "price_unit": "mile"}) == words


def test_what_was_said_long_ago_is_told_as_what_it_was():
    said = {"space": "now", "away_until": None, "confirmed_on": "2026-08-23"}
    assert wording.space(said, TODAY) == "Space now (they said so on 23 August 2026)"
    said["confirmed_on"] = "2026-08-22"
    assert wording.space(said, TODAY) == "Space now on 22 August 2026: ask if that still holds"


def test_rule_02_exempt_childcare_is_told_as_what_they_say():
    service = {"regulatory_basis": "exempt", "regulator": "Ofsted", "registration_number": ""}
    said = wording.regulation(service, "England")
    assert said == "They say that they do not have to be registered with Ofsted."
