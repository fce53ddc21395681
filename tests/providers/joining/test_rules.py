import pytest

from providers.joining.rules import GROUNDS, asks_members, grounds, is_regulated, needs_checkers_reason


@pytest.mark.parametrize(
    ("regulations", "expected"), [(set(), False), ({"none"}, False), ({"none", "personal_care"}, True)]
)
def test_only_regulated_activities_are_asked_about(regulations, expected):
    assert is_regulated(regulations) is expected


@pytest.mark.parametrize(
    ("regulations", "people", "basis", "expected"),
    [
        ({"personal_care"}, 2, "individual", True),
        ({"personal_care"}, 2, "not_sure", True),
        ({"personal_care"}, 2, "registered", False),
        ({"personal_care"}, 1, "individual", False),
        ({"personal_care"}, None, "individual", False),
        ({"none"}, 5, "not_sure", False),
        ({"nursing"}, 2, "not_sure", True),
        ({"childcare"}, 2, "exempt", False),
        ({"childcare", "personal_care"}, 2, "individual", True),
    ],
)
def test_rule_02_personal_care_by_several_without_registration_needs_a_reason(regulations, people, basis, expected):
    assert needs_checkers_reason(regulations=regulations, people=people, basis=basis) is expected


def test_introducing_is_a_ground_in_england_alone():
    assert [nation for nation, known in GROUNDS.items() if "introducer" in known.bases] == ["England"]


def test_childcare_alone_is_ofsteds_in_england():
    assert grounds("England", {"childcare", "none"}).regulator == "Ofsted"
    assert "exempt" in grounds("England", {"childcare"}).bases
    assert not [nation for nation, known in GROUNDS.items() if "exempt" in known.bases]
    assert grounds("England", {"childcare", "personal_care"}).regulator == "Care Quality Commission (CQC)"
    assert grounds("Scotland", {"childcare"}).regulator == "Care Inspectorate"


def test_without_a_place_no_regulator_is_named():
    assert grounds("", {"personal_care"}).regulator == ""


@pytest.mark.parametrize(("form", "asked"), [("sole_trader", False), ("", False), ("co_operative", True)])
def test_a_sole_trader_is_not_asked_about_members(form, asked):
    assert asks_members(form) is asked
