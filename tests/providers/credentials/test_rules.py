import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from providers.credentials.rules import (
    Status,
    employers_liability_applies,
    ends_soon,
    in_force_throughout,
    last_day,
    status,
)

START = datetime.date(2026, 3, 1)
END = datetime.date(2027, 2, 28)
LONDON = ZoneInfo("Europe/London")


def stands(today, starts_on=START, ends_on=END, seen=True, refused=False):
    return status(starts_on=starts_on, ends_on=ends_on, seen=seen, refused=refused, today=today)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"today": datetime.date(2026, 6, 1)}, Status.CURRENT),
        ({"today": START}, Status.CURRENT),
        ({"today": START - datetime.timedelta(1)}, Status.NOT_YET),
        ({"today": datetime.date(2027, 1, 28)}, Status.CURRENT),
        ({"today": datetime.date(2027, 1, 29)}, Status.ENDING_SOON),
        ({"today": END}, Status.ENDING_SOON),
        ({"today": END + datetime.timedelta(1)}, Status.LAPSED),
        ({"today": datetime.date(2026, 6, 1), "seen": False}, Status.WAITING),
        ({"today": END + datetime.timedelta(1), "seen": False}, Status.LAPSED),
        ({"today": datetime.date(2026, 6, 1), "refused": True}, Status.REFUSED),
        ({"today": datetime.date(2099, 1, 1), "ends_on": None}, Status.CURRENT),
    ],
)
def test_status_follows_from_the_dates(facts, expected):
    assert stands(**facts) is expected
    assert expected.holds_today == (expected in {Status.CURRENT, Status.ENDING_SOON})


@pytest.mark.parametrize("end", [datetime.date(2027, 2, 28), datetime.date(2026, 7, 14)])
def test_rule_05_holds_through_the_last_second_of_the_last_day_and_not_one_more(end):
    # One end in winter time and one in summer time: the day is the council's, not UTC's.
    last_second = datetime.datetime.combine(end, datetime.time(23, 59, 59), LONDON)
    first_second = datetime.datetime.combine(end + datetime.timedelta(1), datetime.time(), LONDON)
    assert stands(timezone.localdate(last_second), ends_on=end) is Status.ENDING_SOON
    assert stands(timezone.localdate(first_second), ends_on=end) is Status.LAPSED


@given(st.dates(), st.none() | st.dates(), st.dates(), st.booleans(), st.booleans())
def test_rule_05_nothing_lapsed_is_ever_current(starts_on, ends_on, today, seen, refused):
    found = status(starts_on=starts_on, ends_on=ends_on, seen=seen, refused=refused, today=today)
    if found.holds_today:
        assert starts_on <= today
        assert ends_on is None or today <= ends_on
        assert seen
        assert not refused


def test_in_force_throughout_counts_both_ends():
    assert in_force_throughout(START, END, START, END)
    assert in_force_throughout(START, None, START, datetime.date(2050, 1, 1))
    assert not in_force_throughout(START, END, START - datetime.timedelta(1), END)
    assert not in_force_throughout(START, END, START, END + datetime.timedelta(1))


@pytest.mark.parametrize(
    ("starts_on", "months", "expected"),
    [
        (datetime.date(2026, 3, 1), 12, datetime.date(2027, 2, 28)),
        (datetime.date(2026, 3, 15), 36, datetime.date(2029, 3, 14)),
        (datetime.date(2026, 1, 31), 1, datetime.date(2026, 2, 28)),
        (datetime.date(2028, 2, 29), 12, datetime.date(2029, 2, 28)),
        (datetime.date(2026, 12, 1), 1, datetime.date(2026, 12, 31)),
        (datetime.date(2026, 1, 1), 12, datetime.date(2026, 12, 31)),
    ],
)
def test_months_run_to_the_day_before(starts_on, months, expected):
    assert last_day(starts_on, months) == expected


def test_rule_04_employers_liability_follows_from_employing_somebody():
    assert employers_liability_applies(employs_anyone=False) is False
    assert employers_liability_applies(employs_anyone=True) is True
    assert employers_liability_applies(employs_anyone=None) is None


def test_nothing_ends_soon_that_has_no_end_or_has_ended():
    assert not ends_soon(ends_on=None, today=START)
    assert not ends_soon(ends_on=START, today=START + datetime.timedelta(1))
