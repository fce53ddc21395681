import datetime
from dataclasses import replace

import pytest

from commissioning.models.condition import Beyond
from commissioning.sourcing.effects import Effect, effects
from commissioning.sourcing.rules import (
    BEYOND,
    About,
    Asked,
    Candidate,
    Fit,
    Holding,
    Terms,
    Why,
    assess,
)
from commissioning.sourcing.times import Week, Window

TODAY = datetime.date(2026, 3, 1)
START = datetime.date(2026, 6, 1)
TERMS = Terms(starts_on=START, hours_per_week=10, regulation="none", council_buys=True)
CANDIDATE = Candidate(reached=2, places=2, hours_free=12, space="now", basis="not_personal_care", people=2)
COVER = Holding(
    kind="public_liability",
    starts_on=datetime.date(2025, 9, 1),
    ends_on=datetime.date(2026, 8, 31),
    amount_pence=500_000_000,
)


def ask(kind="public_liability", **fields):
    return replace(TERMS, conditions=(Asked(kind, **fields),))


def only_finding(assessment, about):
    [finding] = [finding for finding in assessment.findings if finding.about == about]
    return finding


def test_service_that_meets_everything_fits():
    assessment = assess(replace(CANDIDATE, holdings=(COVER,)), ask(amount_pence=500_000_000), TODAY)
    assert assessment.fit == Fit.FITS
    assert [finding.about for finding in assessment.of(Fit.FITS)] == [
        About.REACH,
        About.HOURS,
        About.SPACE,
        About.CREDENTIAL,
    ]


def test_partial_reach_says_how_much():
    finding = only_finding(assess(replace(CANDIDATE, reached=1, places=3), TERMS, TODAY), About.REACH)
    assert (finding.fit, finding.has, finding.needs) == (Fit.NOT_YET, 1, 3)


@pytest.mark.parametrize(
    ("free", "fit", "why"),
    [(None, Fit.NOT_KNOWN, Why.NOT_SAID), (9, Fit.NOT_YET, Why.TOO_FEW), (10, Fit.FITS, Why.MET)],
)
def test_hours_free_against_hours_asked(free, fit, why):
    finding = only_finding(assess(replace(CANDIDATE, hours_free=free), TERMS, TODAY), About.HOURS)
    assert (finding.fit, finding.why) == (fit, why)


MORNINGS = (Window("mon", 480, 600, 120), Window("tue", 480, 600, 120))


@pytest.mark.parametrize(
    ("spans", "fit", "why", "has"),
    [
        ({"mon": ((480, 720),), "tue": ((480, 600),)}, Fit.FITS, Why.MET, 2),
        ({"mon": ((480, 720),), "tue": ()}, Fit.NOT_YET, Why.TOO_FEW, 1),
        ({"mon": ((480, 720),)}, Fit.NOT_KNOWN, Why.NOT_SAID, 1),
    ],
)
def test_times_wanted_against_the_week_that_was_said(spans, fit, why, has):
    assessment = assess(replace(CANDIDATE, week=Week(spans)), replace(TERMS, times=MORNINGS), TODAY)
    finding = only_finding(assessment, About.TIMES)
    assert (finding.fit, finding.why, finding.has, finding.needs) == (fit, why, has, 2)


def test_lot_that_is_not_by_the_hour_asks_no_hours():
    assessment = assess(replace(CANDIDATE, hours_free=None), replace(TERMS, hours_per_week=None), TODAY)
    assert assessment.fit == Fit.FITS


@pytest.mark.parametrize(
    ("space", "away_until", "fit", "why"),
    [
        ("now", None, Fit.FITS, Why.MET),
        ("full", None, Fit.NOT_YET, Why.FULL),
        ("waiting", None, Fit.NOT_YET, Why.WAITING_LIST),
        ("away", datetime.date(2026, 7, 1), Fit.NOT_YET, Why.AWAY),
        ("away", START, Fit.FITS, Why.AWAY),
    ],
)
def test_space_is_found_where_somebody_said(space, away_until, fit, why):
    finding = only_finding(assess(replace(CANDIDATE, space=space, away_until=away_until), TERMS, TODAY), About.SPACE)
    assert (finding.fit, finding.why) == (fit, why)


def test_unsaid_space_keeps_nobody_from_fitting_and_is_counted_as_not_known():
    unsaid = assess(replace(CANDIDATE, space="not_known"), TERMS, TODAY)
    assert unsaid.fit == Fit.FITS
    assert Effect(About.SPACE, "", fits=1, not_yet=0, not_known=1) in effects([assess(CANDIDATE, TERMS, TODAY), unsaid])


@pytest.mark.parametrize(
    ("basis", "council_buys", "fit"),
    [
        ("registered", True, Fit.FITS),
        ("will_register", True, Fit.FITS),
        ("individual", True, Fit.NOT_YET),
        ("introducer", True, Fit.NOT_YET),
        ("not_personal_care", True, Fit.NOT_YET),
        ("not_known", True, Fit.NOT_KNOWN),
        ("not_sure", True, Fit.NOT_KNOWN),
        ("individual", False, Fit.FITS),
        ("introducer", False, Fit.FITS),
        ("not_personal_care", False, Fit.NOT_YET),
    ],
)
def test_rule_03_personal_care_that_the_council_buys_is_met_by_a_registered_service(basis, council_buys, fit):
    terms = replace(TERMS, regulation="personal_care", council_buys=council_buys)
    assert assess(replace(CANDIDATE, basis=basis), terms, TODAY).fit == fit


def test_exemption_for_an_individual_does_not_serve_a_care_home():
    terms = replace(TERMS, regulation="accommodation", council_buys=False)
    assert assess(replace(CANDIDATE, basis="individual"), terms, TODAY).fit == Fit.NOT_YET


@pytest.mark.parametrize(
    ("changes", "asked", "fit", "why"),
    [
        ({}, {}, Fit.FITS, Why.MET),
        ({}, {"amount_pence": 1_000_000_000}, Fit.NOT_YET, Why.TOO_LITTLE),
        ({"amount_pence": None}, {"amount_pence": 1}, Fit.NOT_KNOWN, Why.NOT_SAID),
        ({"ends_on": datetime.date(2026, 5, 31)}, {}, Fit.FITS, Why.RENEW_FIRST),
        ({"ends_on": TODAY}, {}, Fit.FITS, Why.RENEW_FIRST),
        ({"ends_on": datetime.date(2026, 2, 28)}, {}, Fit.NOT_YET, Why.ENDS_TOO_SOON),
        ({"ends_on": datetime.date(2026, 2, 28)}, {"by_start": False}, Fit.NOT_YET, Why.ENDS_TOO_SOON),
        ({"ends_on": datetime.date(2026, 5, 31)}, {"by_start": False}, Fit.FITS, Why.MET),
        ({"starts_on": datetime.date(2026, 6, 2)}, {}, Fit.NOT_YET, Why.STARTS_TOO_LATE),
        ({"starts_on": START}, {}, Fit.FITS, Why.MET),
        ({"starts_on": START}, {"by_start": False}, Fit.NOT_YET, Why.STARTS_TOO_LATE),
        ({"refused": True}, {}, Fit.NOT_YET, Why.NOT_ACCEPTED),
        ({"held_by": 1}, {}, Fit.NOT_YET, Why.NOT_EVERYONE),
        ({"held_by": 2}, {}, Fit.FITS, Why.MET),
        ({"ends_on": None}, {}, Fit.FITS, Why.MET),
    ],
)
def test_credential_condition(changes, asked, fit, why):
    candidate = replace(CANDIDATE, holdings=(replace(COVER, **changes),))
    finding = only_finding(assess(candidate, ask(**asked), TODAY), About.CREDENTIAL)
    assert (finding.fit, finding.why) == (fit, why)


def test_ending_too_soon_says_by_how_many_days():
    candidate = replace(CANDIDATE, holdings=(replace(COVER, ends_on=datetime.date(2026, 2, 15)),))
    finding = only_finding(assess(candidate, ask(by_start=False), TODAY), About.CREDENTIAL)
    assert (finding.needs, finding.day) == (14, datetime.date(2026, 2, 15))


def test_rule_07_unseen_cover_counts_as_held_and_says_so():
    candidate = replace(CANDIDATE, holdings=(COVER,))
    finding = only_finding(assess(candidate, ask(), TODAY), About.CREDENTIAL)
    assert (finding.fit, finding.seen_by) == (Fit.FITS, "")


def test_best_of_several_holdings_answers():
    lapsed = replace(COVER, starts_on=datetime.date(2024, 9, 1), ends_on=datetime.date(2025, 8, 31))
    assert assess(replace(CANDIDATE, holdings=(lapsed, COVER)), ask(), TODAY).fit == Fit.FITS


@pytest.mark.parametrize(
    ("employs", "imported", "fit", "why"),
    [
        (False, False, Fit.FITS, Why.EMPLOYS_NOBODY),
        (True, False, Fit.NOT_YET, Why.NONE_HELD),
        (None, False, Fit.NOT_KNOWN, Why.NOT_SAID),
        (True, True, Fit.NOT_KNOWN, Why.NOT_SAID),
    ],
)
def test_rule_04_employers_liability_follows_from_employing_somebody(employs, imported, fit, why):
    candidate = replace(CANDIDATE, employs_anyone=employs, imported=imported)
    finding = only_finding(assess(candidate, ask("employers_liability"), TODAY), About.CREDENTIAL)
    assert (finding.fit, finding.why) == (fit, why)


@pytest.mark.parametrize(
    ("known", "asked", "fit", "why"),
    [
        ({"legal_form": "sole_trader"}, {"kind": "audited_accounts"}, Fit.NOT_KNOWN, Why.NO_AUDIT_DUE),
        ({"legal_form": "co_operative"}, {"kind": "audited_accounts"}, Fit.NOT_KNOWN, Why.NO_AUDIT_DUE),
        ({"legal_form": "cic"}, {"kind": "audited_accounts"}, Fit.NOT_KNOWN, Why.AUDIT_DUE_UNLESS_SMALL),
        ({"legal_form": "charity"}, {"kind": "audited_accounts"}, Fit.NOT_KNOWN, Why.NOT_SAID),
        ({}, {"kind": "years_trading", "number": 3}, Fit.NOT_KNOWN, Why.NOT_SAID),
        ({}, {"kind": "turnover", "amount_pence": 50_000_000}, Fit.NOT_KNOWN, Why.NOT_SAID),
        ({"people": 2}, {"kind": "least_people", "number": 2}, Fit.FITS, Why.MET),
        ({"people": 2}, {"kind": "least_people", "number": 3}, Fit.NOT_YET, Why.TOO_FEW),
        ({"people": None}, {"kind": "least_people", "number": 1}, Fit.NOT_KNOWN, Why.NOT_SAID),
        ({"basis": "registered"}, {"kind": "registration", "by_start": False}, Fit.FITS, Why.MET),
        ({"basis": "will_register"}, {"kind": "registration", "by_start": False}, Fit.NOT_YET, Why.WILL_REGISTER),
        ({"basis": "will_register"}, {"kind": "registration"}, Fit.FITS, Why.WILL_REGISTER),
        ({"basis": "not_sure"}, {"kind": "registration"}, Fit.NOT_KNOWN, Why.NOT_SAID),
        ({"basis": "individual"}, {"kind": "registration"}, Fit.NOT_YET, Why.UNREGISTERED),
        ({"lots_done": 1}, {"kind": "all_lots"}, Fit.NOT_YET, Why.TOO_FEW),
        ({"lots_done": 2}, {"kind": "all_lots"}, Fit.FITS, Why.MET),
    ],
)
def test_what_is_asked_beyond_credentials(known, asked, fit, why):
    terms = replace(TERMS, conditions=(Asked(**asked),), lots=2)
    finding = only_finding(assess(replace(CANDIDATE, **known), terms, TODAY), About.BUSINESS)
    assert (finding.fit, finding.why, finding.kind) == (fit, why, asked["kind"])


def test_every_kind_beyond_credentials_has_its_rule():
    assert set(BEYOND) == set(Beyond.values)


def test_not_yet_outweighs_not_known():
    candidate = replace(CANDIDATE, hours_free=None, space="full")
    assert assess(candidate, TERMS, TODAY).fit == Fit.NOT_YET


def test_effects_count_each_candidate_once_for_each_thing_asked():
    terms = ask(amount_pence=500_000_000)
    covered = assess(replace(CANDIDATE, holdings=(COVER,)), terms, TODAY)
    uncovered = assess(CANDIDATE, terms, TODAY)
    unknown = assess(replace(CANDIDATE, imported=True, hours_free=None), terms, TODAY)
    assert effects([covered, uncovered, unknown]) == [
        Effect(About.REACH, "", fits=3, not_yet=0, not_known=0),
        Effect(About.HOURS, "", fits=2, not_yet=0, not_known=1),
        Effect(About.SPACE, "", fits=3, not_yet=0, not_known=0),
        Effect(About.CREDENTIAL, "public_liability", fits=1, not_yet=1, not_known=1),
    ]
