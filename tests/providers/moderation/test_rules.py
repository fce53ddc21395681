import datetime

import pytest

from providers.moderation.rules import Concern, Facts, Held, ServiceFacts, findings, must_say_why
from providers.moderation.wording import sentence

TODAY = datetime.date(2026, 11, 21)
YESTERDAY = TODAY - datetime.timedelta(days=1)
COOKING = ServiceFacts("Lunch", is_personal_care=False, basis="not_personal_care")


def care(basis="individual", number=""):
    return ServiceFacts("Help to wash", is_personal_care=True, basis=basis, registration_number=number)


def childcare(basis, number="", **fields):
    return ServiceFacts("After school", False, basis, number, is_childcare=True, **fields)


def facts(**changed):
    settled = {
        "people": 1,
        "services": (COOKING,),
        "size_limit": 9,
        "council": "E06000022",
        "base_council": "E06000022",
        "asked_for": {"public_liability"},
        "held": {"public_liability": [Held(TODAY, is_checked=True)]},
    }
    return Facts(**{**settled, **changed})


def concerns(**changed):
    return {finding.concern for finding in findings(facts(**changed), TODAY)}


def test_nothing_is_said_about_a_provider_without_a_concern():
    assert findings(facts(), TODAY) == []


@pytest.mark.parametrize(
    ("changed", "concern"),
    [
        ({"services": (care("not_sure"),)}, Concern.BASIS_NOT_SETTLED),
        ({"services": (care("not_known"),)}, Concern.BASIS_NOT_SETTLED),
        ({"services": (care("not_personal_care"),)}, Concern.CARE_SAID_TO_BE_NONE),
        ({"services": (childcare("not_sure"),)}, Concern.CHILDCARE_NOT_SETTLED),
        ({"services": (childcare("not_personal_care"),)}, Concern.CHILDCARE_NOT_SETTLED),
        ({"services": (childcare("will_register"),)}, Concern.CHILDCARE_NOT_SETTLED),
        ({"services": (childcare("registered"),)}, Concern.CHILDCARE_NOT_SETTLED),
        ({"services": (childcare("individual", has_two_regulators=True),)}, Concern.CHILDCARE_NOT_ASKED),
        ({"people": 10}, Concern.TOO_BIG),
        ({"people": None}, Concern.SIZE_NOT_KNOWN),
        ({"base_council": "E06000054"}, Concern.BASE_ELSEWHERE),
        ({"base_council": None}, Concern.BASE_NOT_KNOWN),
        ({"held": {}}, Concern.NOT_HELD),
        ({"held": {"public_liability": [Held(YESTERDAY, is_checked=True)]}}, Concern.LAPSED),
        ({"held": {"public_liability": [Held(TODAY, is_checked=False)]}}, Concern.NOT_CHECKED),
        ({"held": {"public_liability": [Held(TODAY, is_checked=True, look_again=True)]}}, Concern.LOOK_AGAIN),
    ],
)
def test_each_concern_is_raised_alone_and_said_in_words(changed, concern):
    found = findings(facts(**changed), TODAY)
    assert [finding.concern for finding in found] == [concern]
    assert not must_say_why(found)
    assert "%" not in sentence(found[0], facts(**changed))


@pytest.mark.parametrize(
    ("people", "service", "needs_reason"),
    [
        (2, care("individual"), True),
        (2, care("introducer"), True),
        (2, care("will_register"), True),
        (2, care("registered"), True),
        (2, care("registered", "1-123456789"), False),
        (1, care("individual"), False),
        (None, care("individual"), False),
        (2, COOKING, False),
    ],
)
def test_rule_02_personal_care_by_more_than_one_without_registration_needs_a_reason(people, service, needs_reason):
    found = findings(facts(people=people, services=(COOKING, service)), TODAY)
    assert must_say_why(found) is needs_reason


@pytest.mark.parametrize("service", [childcare("registered", "EY123456"), childcare("exempt")])
def test_rule_02_childcare_is_settled_when_registered_with_ofsted_or_exempt(service):
    assert findings(facts(people=3, services=(service,)), TODAY) == []


def test_the_reason_is_asked_for_in_words_that_name_the_service():
    team = facts(people=3, services=(care(),))
    assert sentence(findings(team, TODAY)[0], team).startswith(
        "“Help to wash” is personal care by more than one worker"
    )


def test_what_is_held_without_being_asked_for_is_looked_at_too():
    held = {**facts().held, "first_aid": [Held(YESTERDAY, is_checked=True)]}
    found = findings(facts(held=held), TODAY)
    assert [(finding.concern, finding.about) for finding in found] == [(Concern.LAPSED, "first_aid")]


def test_a_renewal_that_holds_makes_up_for_one_that_ended():
    held = {"public_liability": [Held(YESTERDAY, is_checked=True), Held(TODAY, is_checked=True)]}
    assert concerns(held=held) == set()
