"""Which rung a day stands on: each day on one rung at most, and what is behind is never made up for."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from registry.reminders.rules import STILL_WORTH_SENDING, windows

TODAY = datetime.date(2026, 3, 1)
LADDER = (60, 30, 7, 0)


def rung_of(days_left, rungs=LADDER):
    due_on = TODAY + datetime.timedelta(days=days_left)
    found = [window.rung for window in windows(rungs, TODAY) if window.first <= due_on <= window.last]
    assert len(found) <= 1
    return found[0] if found else None


def test_a_rung_holds_from_its_own_day_to_the_next_ones():
    wanted = {61: None, 60: 60, 31: 60, 30: 30, 8: 30, 7: 7, 1: 7, 0: 0, -7: 0, -8: None}
    assert {days: rung_of(days) for days in wanted} == wanted


@given(st.sets(st.integers(0, 400), min_size=1), st.integers(-30, 500))
def test_the_rung_is_the_last_one_reached(rungs, days_left):
    reached = [rung for rung in rungs if days_left <= rung]
    if not reached or days_left < min(rungs) - STILL_WORTH_SENDING.days:
        assert rung_of(days_left, sorted(rungs)) is None
    else:
        assert rung_of(days_left, sorted(rungs)) == min(reached)
