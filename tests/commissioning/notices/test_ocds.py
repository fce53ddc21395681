import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.notices import ocds
from commissioning.notices.ocds_awards import Supplier, identifiers, party_id
from commissioning.notices.ocds_values import first_moment, last_moment, money, months_after, only_told, period
from tests.commissioning.notices.judge import faults
from tests.commissioning.notices.sample import (
    FORMAL,
    OCID,
    awarded,
    facts,
    lot,
    nobody,
    packages,
    process,
    releases,
)

MARKET = process(facts(), facts(title="Warm lunches, twice a day"))
TENDER = process(facts(kind="coming"), facts(kind="coming", formal_url=FORMAL))
DECIDED = process(facts(), outcomes=[awarded(1), nobody(2)], told=30)
WORDY = facts(
    reserved_for="Small or voluntary suppliers in the United Kingdom",
    reserved_code="uk_small",
    formal_note="On Find a Tender, in May",
    extension_months=11,
    price_weight=40,
    questions_until="2026-11-10T17:00:00+00:00",
    decided_on="2027-01-31",
    lots=[lot(1, hours_per_week=None, times=[]), lot(2)],
    conditions=[
        {"words": "Public liability insurance of at least £2 million", "lot": None},
        {"words": "Food hygiene, when answering", "lot": 2},
    ],
    questions=[{"number": 1, "text": "How do you keep it warm?", "weight": 60, "most_words": 200}],
)
ALL = {
    "asking the market": MARKET,
    "a tender elsewhere": TENDER,
    "awarded": DECIDED,
    "everything said": process(WORDY, outcomes=[awarded(1), awarded(2)], told=20),
    "stopped": process(facts(), stopped=1, told=2, outcomes=[nobody(1, "stopped"), nobody(2, "stopped")]),
    "people buy": process(facts(lots=[lot(1, terms={"council_buys": False})])),
}


@pytest.mark.parametrize("made", ALL.values(), ids=ALL)
def test_every_package_is_as_the_standard_says(made):
    assert [faults(package) for package in packages(made)] == [[], []]


def test_what_is_told_once_is_told_the_same_for_ever():
    """The same state is the same id and the same bytes; what comes later is a further release."""
    later = process(*[one.facts for one in MARKET.versions], outcomes=[awarded(1), nobody(2)], stopped=9, told=30)
    before, after = releases(MARKET), releases(later)
    assert json.dumps(before) == json.dumps(releases(MARKET)) == json.dumps(after[:2])
    assert [one["id"] for one in after] == [f"{OCID}-{step}" for step in ("1", "2", "stopped", "outcome")]
    assert [one["date"] for one in after] == sorted(one["date"] for one in after)


def test_steps_of_one_moment_have_an_order():
    made = process(facts(), outcomes=[nobody(1, "stopped"), nobody(2, "stopped")], stopped=0, told=0)
    assert [state.step for state in ocds.states(made)] == ["1", "stopped", "outcome"]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (MARKET, [(["planning"], "planning"), (["planningUpdate"], "planning")]),
        (TENDER, [(["planning"], "planned"), (["tender"], "active")]),
        (process(facts(formal_url=FORMAL)), [(["tender"], "active")]),
        (process(facts(formal_url=FORMAL), facts()), [(["tender"], "active"), (["tenderUpdate"], "planning")]),
        (process(facts(), stopped=1), [(["planning"], "planning"), (["planningUpdate"], "cancelled")]),
        (process(facts(formal_url=FORMAL), stopped=1), [(["tender"], "active"), (["tenderCancellation"], "cancelled")]),
        (DECIDED, [(["planning"], "planning"), (["award", "contract"], "complete")]),
        (
            process(facts(), outcomes=[nobody(1), nobody(2, "stopped")], told=1),
            [(["planning"], "planning"), (["planningUpdate"], "unsuccessful")],
        ),
        (
            process(facts(formal_url=FORMAL), outcomes=[nobody(1, "stopped")], told=1),
            [(["tender"], "active"), (["tenderUpdate"], "cancelled")],
        ),
    ],
)
def test_what_happened_is_told_by_tag_and_status(made, told):
    assert [(one["tag"], one["tender"]["status"]) for one in releases(made)] == told


def test_a_formal_route_that_is_said_after_the_outcome_begins_no_tender_again():
    made = process(facts(), facts(formal_url=FORMAL), outcomes=[awarded(1), nobody(2)], told=0.5)
    assert [one["tag"] for one in releases(made)] == [["planning"], ["award", "contract"], ["tenderUpdate"]]
    assert releases(made)[-1]["awards"] == releases(made)[1]["awards"]


def test_a_record_holds_every_release_and_how_it_stands_now():
    record = ocds.record(DECIDED)
    newest = record["releases"][-1]
    assert record["releases"] == releases(DECIDED)
    own = {"id": f"{OCID}-{newest['date']}", "tag": ["compiled"]}
    assert record["compiledRelease"] == newest | own


def test_lots_say_what_is_asked_where_and_when():
    told = releases(ALL["everything said"])[0]["tender"]
    span = {
        "startDate": "2027-04-01T00:00:00+01:00",
        "endDate": "2028-03-31T23:59:59+01:00",
        "maxExtentDate": "2029-02-28T23:59:59+00:00",
    }
    assert told["contractPeriod"] == span
    assert told["lots"][1] == {
        "id": "2",
        "title": "Lunches 2",
        "description": "BA1, BA2. Monday, 12:00 to 14:00: 2 hours of work. Asked: Food hygiene, when answering",
        "status": "planning",
        "contractPeriod": span,
        "suitability": {"sme": True, "vcse": True},
    }
    assert told["items"][1] == {
        "id": "2",
        "description": "Lunches 2",
        "classification": {
            "scheme": "nearhand-care",
            "id": "cooking",
            "description": "Cooking",
            "uri": "https://near.example/categories/#cooking",
        },
        "quantity": 12,
        "unit": {"name": "hours a week"},
        "relatedLot": "2",
    }
    assert "quantity" not in told["items"][0]
    assert "unit" not in told["items"][0]


def test_the_tender_says_how_it_is_decided():
    told = releases(ALL["everything said"])[0]["tender"]
    assert told["eligibilityCriteria"] == (
        "Small or voluntary suppliers in the United Kingdom. Public liability insurance of at least £2 million"
    )
    assert (told["awardCriteria"], told["awardCriteriaDetails"]) == (
        "ratedCriteria",
        "40 %: price\n60 %: How do you keep it warm?",
    )
    assert told["submissionMethodDetails"] == "On Find a Tender, in May"
    assert told["enquiryPeriod"] == {"endDate": "2026-11-10T17:00:00Z"}
    assert told["awardPeriod"] == {"endDate": "2027-01-31T23:59:59+00:00"}
    plain = releases(MARKET)[0]["tender"]
    unsaid = ["awardCriteria", "awardCriteriaDetails", "eligibilityCriteria", "submissionMethodDetails"]
    assert not {*unsaid, "enquiryPeriod", "awardPeriod", "documents"} & set(plain)


@pytest.mark.parametrize(("weight", "told"), [(0, "qualityOnly"), (100, "priceOnly"), (1, "ratedCriteria")])
def test_the_weight_of_the_price_is_one_of_the_standards_criteria(weight, told):
    assert releases(process(facts(price_weight=weight)))[0]["tender"]["awardCriteria"] == told


def test_answers_here_are_a_milestone_and_never_the_period_of_a_tender():
    told = releases(TENDER)[-1]
    assert "tenderPeriod" not in told["tender"]
    assert told["planning"]["milestones"][0]["dueDate"] == "2026-11-20T17:00:00Z"
    assert told["planning"]["documents"][0]["url"] == "https://near.example/opportunities/K7R2M4QX/"
    assert told["tender"]["documents"][0]["url"] == FORMAL


@pytest.mark.parametrize("code", ["mutual", "supported"])
def test_who_is_reserved_for_by_form_says_nothing_of_size(code):
    assert "suitability" not in releases(process(facts(reserved_code=code)))[0]["tender"]["lots"][0]


def test_a_lot_that_was_dropped_stays_as_cancelled():
    made = process(facts(), facts(lots=[lot(2, title="Lunches and company")]))
    told = releases(made)[-1]["tender"]
    assert [(one["id"], one["title"], one["status"]) for one in told["lots"]] == [
        ("1", "Lunches 1", "cancelled"),
        ("2", "Lunches and company", "planning"),
    ]
    assert [one["id"] for one in told["items"]] == ["1", "2"]


def test_the_council_buys_or_people_do():
    council = {"id": "E06000022", "name": "Bath and North East Somerset Council"}
    told = releases(MARKET)[0]
    assert (told["buyer"], told["parties"][0]["roles"]) == (council, ["buyer"])
    assert "procuringEntity" not in told["tender"]
    people = releases(ALL["people buy"])[0]
    assert (people["tender"]["procuringEntity"], people["parties"][0]["roles"]) == (council, ["procuringEntity"])
    assert "buyer" not in people


def test_each_lot_has_what_came_of_it():
    both = process(facts(lots=[lot(1), lot(2), lot(3)]), told=1, outcomes=[awarded(1), nobody(2), nobody(3, "stopped")])
    told = releases(both)[-1]
    assert [one["status"] for one in told["tender"]["lots"]] == ["complete", "unsuccessful", "cancelled"]
    assert [(one["id"], one["status"]) for one in told["awards"]] == [
        ("award-1", "active"),
        ("award-2", "unsuccessful"),
    ]
    won = told["awards"][0]
    assert won["suppliers"] == [{"id": "provider-aa11", "name": "Ana’s Kitchen"}]
    assert won["value"] == {"amount": 1234.56, "currency": "GBP", "valueAddedTaxIncluded": True}
    assert (won["description"], won["date"]) == ("They come on all days.", "2026-12-01T00:00:00+00:00")
    assert [(one["id"], one["awardID"], one["status"]) for one in told["contracts"]] == [
        ("contract-1", "award-1", "pending")
    ]
    assert told["contracts"][0]["period"] == told["tender"]["contractPeriod"]


def test_who_supplies_two_lots_is_one_party():
    co_op = Supplier("Radstock Table", key="bb22", is_micro=False)
    told = releases(process(facts(), outcomes=[awarded(1, co_op), awarded(2, co_op)], told=1))[-1]
    assert told["parties"][1:] == [{"id": "provider-bb22", "name": "Radstock Table", "roles": ["supplier"]}]


@pytest.mark.parametrize(
    ("numbers", "told", "key"),
    [
        ([("company", "01234567")], [("GB-COH", "01234567")], "GB-COH-01234567"),
        ([("charity", "123456")], [("GB-CHC", "123456")], "GB-CHC-123456"),
        ([("charity", "SC012345")], [("GB-SC", "SC012345")], "GB-SC-SC012345"),
        (
            [("charity", "123456"), ("company", "01234567")],
            [("GB-COH", "01234567"), ("GB-CHC", "123456")],
            "GB-COH-01234567",
        ),
        ([("ppon", "PZPR-8554-XHNX")], [("GB-PPON", "PZPR-8554-XHNX")], "GB-PPON-PZPR-8554-XHNX"),
        # Whose numbers are written in more ways than one, or are no list of organisations.
        ([("charity", "NIC100001"), ("ico", "ZA123456"), ("mutuals", "4321")], [], "provider-aa11"),
    ],
)
def test_a_party_is_known_by_its_number_on_a_public_register(numbers, told, key):
    supplier = Supplier("Ana’s Kitchen", key="aa11", identifiers=tuple(numbers))
    assert [(one["scheme"], one["id"]) for one in identifiers(supplier)] == told
    assert party_id(supplier) == key


def test_who_is_not_on_the_register_is_known_by_the_name():
    assert party_id(Supplier("A firm")) == party_id(Supplier("A firm")) != party_id(Supplier("Another firm"))


@given(st.integers(1, 10**15 - 1))
def test_every_penny_is_told(pence):
    written = json.dumps(money(pence)["amount"])
    pounds, _, rest = written.partition(".")
    assert int(pounds) * 100 + int(rest.ljust(2, "0") or 0) == pence


def test_days_are_those_of_this_country():
    assert first_moment("2026-07-01") == "2026-07-01T00:00:00+01:00"
    assert last_moment("2026-12-31") == "2026-12-31T23:59:59+00:00"
    assert "maxExtentDate" not in period("2026-07-01", "2026-12-31", 0)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2027-03-31", 12, "2028-03-31"),
        ("2027-03-31", 11, "2028-02-29"),
        ("2027-02-28", 1, "2027-03-31"),
        ("2027-01-30", 1, "2027-02-28"),
        ("2027-12-15", 1, "2028-01-15"),
    ],
)
def test_an_extension_counts_whole_months(day, months, later):
    assert months_after(day, months) == later
    assert datetime.date.fromisoformat(later)


def test_rule_14_what_is_not_known_is_left_out():
    assert only_told({"a": None, "b": [{"c": " "}, "d "], "e": {"f": []}, "g": 0, "h": False}) == {
        "b": ["d"],
        "g": 0,
        "h": False,
    }
