import datetime

import pytest

from providers.teams.rules import (
    MOST,
    MOST_ASKED_AT_ONCE,
    NOT_AGAIN_FOR,
    Gives,
    Inside,
    Lack,
    Trouble,
    Wanted,
    WhyNot,
    all_said_yes,
    completes,
    goes_on_without,
    helps,
    in_order,
    lacks,
    missing,
    together,
    trouble,
    why_not,
)

TODAY = datetime.date(2026, 3, 3)
OLDEST = TODAY - datetime.timedelta(days=90)
WELL = Inside(is_listed=True, confirmed_on=TODAY)
LEAD = Inside(is_listed=True, confirmed_on=TODAY, leads=True)


@pytest.mark.parametrize(
    ("member", "what"),
    [
        (WELL, None),
        (Inside(is_listed=True, confirmed_on=OLDEST), None),
        (Inside(is_listed=True, confirmed_on=OLDEST - datetime.timedelta(days=1)), Trouble.NOT_CONFIRMED),
        (Inside(is_listed=True), Trouble.NOT_CONFIRMED),
        (Inside(is_listed=False, confirmed_on=TODAY), Trouble.NOT_LISTED),
        (Inside(is_listed=True, is_suspended=True, confirmed_on=TODAY), Trouble.SUSPENDED),
        (Inside(is_listed=True, is_suspended=True, is_gone=True), Trouble.GONE),
    ],
)
def test_who_cannot_be_counted_on_and_why(member, what):
    assert trouble(member, OLDEST) == what


@pytest.mark.parametrize(
    ("members", "form", "found"),
    [
        ([LEAD, WELL], "lead", []),
        ([], "", [Lack.ALONE, Lack.NO_FORM]),
        ([LEAD], "lead", [Lack.ALONE]),
        ([WELL, WELL], "", [Lack.NO_FORM]),
        ([WELL, WELL], "lead", [Lack.NO_LEAD]),
        ([LEAD, Inside(is_listed=True)], "lead", [Lack.MEMBER]),
    ],
)
def test_what_a_team_lacks(members, form, found):
    assert lacks(members, form, OLDEST) == found


def test_the_others_go_on_only_without_one_out_of_public_view():
    assert goes_on_without(Inside(is_listed=True, is_suspended=True), OLDEST)
    assert goes_on_without(Inside(is_listed=True, is_gone=True), OLDEST)
    assert not goes_on_without(WELL, OLDEST)
    assert not goes_on_without(Inside(is_listed=True), OLDEST)


def test_each_says_yes_for_itself():
    assert all_said_yes([1, 2], [2, 1, 3])
    assert not all_said_yes([1, 2], [1, 3])
    assert not all_said_yes([], [])


ABOUT = {
    "is_us": False,
    "is_in": False,
    "is_open": True,
    "said_no_on": None,
    "today": TODAY,
    "inside": 2,
    "asked": 0,
}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"is_us": True}, WhyNot.OURSELVES),
        ({"is_in": True}, WhyNot.IN_IT),
        ({"is_open": False}, WhyNot.NOT_OPEN),
        ({"said_no_on": TODAY}, WhyNot.SAID_NO),
        ({"said_no_on": TODAY - NOT_AGAIN_FOR}, None),
        ({"inside": MOST - 1, "asked": 1}, WhyNot.FULL),
        ({"inside": 1, "asked": MOST_ASKED_AT_ONCE}, WhyNot.MANY_ASKED),
    ],
)
def test_who_may_be_asked(changes, reason):
    assert why_not(**ABOUT | changes) == reason


COOKS = Gives(frozenset({"cooking"}), 10, frozenset({"mon", "tue"}))
GARDENS = Gives(frozenset({"gardening"}), 5, frozenset({"wed"}))
SILENT = Gives(frozenset({"gardening"}), None, frozenset())


def test_the_hours_of_several_services_are_the_hours_of_the_same_people():
    both = together([COOKS, GARDENS, SILENT])
    assert both == Gives(frozenset({"cooking", "gardening"}), 10, frozenset({"mon", "tue", "wed"}))
    assert together([]) == Gives(frozenset(), None, frozenset())


def test_what_is_missing_of_what_is_wanted():
    short = missing(Wanted(frozenset({"cooking", "gardening"}), 20, frozenset({"mon", "sat"})), [COOKS])
    assert (short.kinds, short.hours, short.days) == ({"gardening"}, 10, {"sat"})
    assert missing(Wanted(), []).is_nothing


def test_days_and_hours_of_other_kinds_of_help_do_not_count():
    short = missing(Wanted(frozenset({"cooking"}), 12, frozenset({"wed"})), [COOKS, GARDENS])
    assert (short.kinds, short.hours, short.days) == (frozenset(), 2, {"wed"})


def test_who_helps_and_who_completes():
    wanted = Wanted(frozenset({"cooking", "gardening"}), 15, frozenset({"wed"}))
    short = missing(wanted, [COOKS])
    assert helps(GARDENS, short, wanted) == 3
    assert helps(SILENT, short, wanted) == 1
    assert helps(COOKS, missing(Wanted(frozenset({"gardening"})), []), Wanted(frozenset({"gardening"}))) == 0
    assert helps(COOKS, missing(Wanted(hours=20), []), Wanted(hours=20)) == 1
    assert completes(GARDENS, wanted, [COOKS])
    assert not completes(SILENT, wanted, [COOKS])


def test_those_we_would_like_to_work_with_come_first_then_the_most_useful_then_the_nearest():
    partners = {
        "near": (False, 1, True, 100.0),
        "full": (False, 1, False, 50.0),
        "useful": (False, 3, False, 9000.0),
        "wished": (True, 0, False, 9000.0),
        "far": (False, 1, True, 200.0),
    }
    assert in_order(partners) == ["wished", "useful", "near", "far", "full"]
