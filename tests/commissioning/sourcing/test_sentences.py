import datetime

import pytest

from commissioning.models import Condition, Lot
from commissioning.sourcing.rules import About, Finding, Fit, Why
from commissioning.sourcing.sentences import condition_words, money, name_of, sentence, what_was_asked

DAY = datetime.date(2027, 1, 15)
COVER = {"about": About.CREDENTIAL, "kind": "public_liability"}


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding(About.REACH, Fit.NOT_YET, Why.PARTLY, has=3, needs=5), "Reaches 3 of 5 postcode districts"),
        (Finding(About.HOURS, Fit.FITS, has=1), "1 hour a week free"),
        (Finding(About.SPACE, Fit.NOT_YET, Why.AWAY, day=DAY), "Away until 15 January 2027"),
        (Finding(About.TIMES, Fit.FITS, has=2, needs=2), "Free at all the times wanted"),
        (Finding(About.TIMES, Fit.NOT_YET, Why.TOO_FEW, has=1, needs=2), "Free at 1 of the 2 times wanted"),
        (Finding(About.TIMES, Fit.NOT_KNOWN, Why.NOT_SAID, has=1, needs=2), "Free at the times wanted: not known"),
        (Finding(About.SPACE, Fit.NOT_YET, Why.FULL), "Full at present"),
        (Finding(About.SPACE, Fit.NOT_YET, Why.WAITING_LIST), "Has a waiting list"),
        (Finding(About.BASIS, Fit.FITS, Why.WILL_REGISTER), "Applying to be registered: must be by the start"),
        (
            Finding(**COVER, fit=Fit.FITS, why=Why.RENEW_FIRST, has=500_000_000, day=DAY),
            "Public liability insurance: £5 million, runs to 15 January 2027, to be renewed before the start "
            "(declared, not yet seen by a council)",
        ),
        (Finding(**COVER, fit=Fit.FITS, seen_by="Wiltshire", seen_on=DAY), "(seen by Wiltshire on 15 January 2027)"),
        (Finding(**COVER, fit=Fit.NOT_YET, why=Why.NONE_HELD), "none on the register"),
        (Finding(**COVER, fit=Fit.NOT_YET, why=Why.NOT_ACCEPTED), "the certificate was not accepted"),
        (Finding(**COVER, fit=Fit.NOT_YET, why=Why.ENDS_TOO_SOON, needs=9, day=DAY), "ended on 15 January 2027"),
        (Finding(**COVER, fit=Fit.NOT_YET, why=Why.STARTS_TOO_LATE, needs=1), "starts 1 day after it is needed"),
        (Finding(**COVER, fit=Fit.NOT_YET, why=Why.NOT_EVERYONE, has=3, needs=4), "3 of 4 people hold it"),
        (Finding(**COVER, fit=Fit.NOT_KNOWN, why=Why.NOT_SAID), "Public liability insurance: not known"),
        (Finding(**COVER, fit=Fit.FITS, why=Why.EMPLOYS_NOBODY), "does not apply, employs nobody"),
        (
            Finding(About.BUSINESS, Fit.NOT_KNOWN, Why.NO_AUDIT_DUE, "audited_accounts"),
            "Audited accounts: not known; company law obliges nobody of this legal form to have them",
        ),
        (
            Finding(About.BUSINESS, Fit.NOT_KNOWN, Why.AUDIT_DUE_UNLESS_SMALL, "audited_accounts"),
            "company law does not oblige a company that counts as small",
        ),
        (Finding(About.BUSINESS, Fit.NOT_KNOWN, Why.NOT_SAID, "turnover"), "Yearly turnover: not known"),
        (Finding(About.BUSINESS, Fit.FITS, kind="least_people", has=1, needs=1), "A least number of people: 1 person"),
        (Finding(About.BUSINESS, Fit.NOT_YET, Why.TOO_FEW, "least_people", 2, 4), "2 people, of 4 asked"),
        (Finding(About.BUSINESS, Fit.NOT_YET, Why.TOO_FEW, "all_lots", 1, 3), "does and reaches 1 of 3 lots"),
        (Finding(About.BUSINESS, Fit.FITS, kind="registration"), "Registered with the care regulator: registered"),
        (Finding(About.BUSINESS, Fit.NOT_YET, Why.UNREGISTERED, "registration"), "not registered"),
        (Finding(About.BUSINESS, Fit.NOT_YET, Why.WILL_REGISTER, "registration"), "applying to be registered"),
    ],
)
def test_finding_in_words(finding, words):
    assert words in sentence(finding)


@pytest.mark.parametrize(
    ("pence", "words"),
    [(500_000_000, "£5 million"), (150_000_000, "£1.5 million"), (25_000_000, "£250,000"), (123_456_700, "£1,234,567")],
)
def test_money_as_people_say_it(pence, words):
    assert money(pence) == words


def test_kind_that_nobody_knows_any_more_stands_for_itself():
    assert name_of("something_old") == "something_old"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"kind": "first_aid"}, "First aid, by the start of the contract"),
        (
            {"kind": "public_liability", "amount_pence": 500_000_000, "by_when": "answer"},
            "Public liability insurance of at least £5 million, when answering",
        ),
        (
            {"kind": "audited_accounts", "number": 3, "by_when": "answer"},
            "Audited accounts for 3 years, when answering",
        ),
        ({"kind": "years_trading", "number": 1, "by_when": "answer"}, "1 year of trading or more, when answering"),
        ({"kind": "least_people", "number": 4}, "4 people or more, by the start of the contract"),
        (
            {"kind": "turnover", "amount_pence": 25_000_000},
            "Yearly turnover of at least £250,000, by the start of the contract",
        ),
        ({"kind": "all_lots"}, "One supplier for all lots"),
        (
            {"kind": "registration", "by_when": "answer", "lot": Lot(number=2)},
            "Registered with the care regulator, when answering, for lot 2 alone",
        ),
    ],
)
def test_condition_in_words(condition, words):
    assert condition_words(Condition(**condition)) == words


@pytest.mark.parametrize("about", list(About))
def test_everything_asked_has_a_name(about):
    assert what_was_asked(about, "first_aid")
