"""Small numbers, and what keeps a service from doing the work."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.market.rules import (
    LEAST_PROVIDERS,
    Asked,
    Change,
    Holding,
    Stand,
    has_room,
    missing,
    quartiles,
    rounded_to,
    rows_to_show,
    searches_to_show,
)

TODAY = datetime.date(2026, 3, 3)
COVER = Asked("public_liability", Change.COVER)
LIFTING = Asked("moving_and_handling", Change.TRAINING)
EMPLOYEES = Asked("employers_liability", Change.COVER, least_pence=500_000_000)


def lacks(stand, *asked, is_regulated=False):
    return set(missing(stand, asked, is_regulated=is_regulated, today=TODAY))


def test_halves_go_upwards():
    assert [rounded_to(number, 10) for number in (4, 5, 15, 25)] == [0, 10, 20, 30]


def test_quartiles_are_to_the_nearest_step():
    assert quartiles([1000, 1500, 2000, 2510, 3000], 50) == (1500, 2000, 2500)


def test_four_providers_are_not_shown_and_five_are():
    assert rows_to_show({"few": frozenset(range(4)), "enough": frozenset(range(10, 15))}) == {"enough"}


def test_a_row_that_another_holds_but_for_a_few_is_not_shown():
    """The sum of the eight less that of the seven would be the one's own."""
    eight, seven, three = frozenset(range(8)), frozenset(range(7)), frozenset(range(3, 8))
    assert rows_to_show({"eight": eight, "seven": seven}) == {"eight"}
    assert rows_to_show({"eight": eight, "the same eight": eight}) == {"eight", "the same eight"}
    assert rows_to_show({"eight": eight, "five": three}) == {"eight"}
    assert rows_to_show({"ten": frozenset(range(10)), "five": frozenset(range(5))}) == {"ten", "five"}


@given(st.lists(st.integers(0, 2**13 - 1), max_size=12))
def test_no_two_shown_rows_differ_by_a_few(rows):
    behind = {key: frozenset(who for who in range(13) if row >> who & 1) for key, row in enumerate(rows)}
    shown = rows_to_show(behind)
    assert all(len(behind[key]) >= LEAST_PROVIDERS for key in shown)
    for one, other in itertools.permutations(shown, 2):
        if behind[one] < behind[other]:
            assert len(behind[other] - behind[one]) >= LEAST_PROVIDERS


def test_fewer_than_five_searches_are_not_told_and_more_are_rounded():
    assert [searches_to_show(times) for times in (0, 4, 5, 7, 8)] == [None, None, 5, 5, 10]


def test_one_that_holds_what_is_asked_and_has_space_lacks_nothing():
    held = [Holding("public_liability"), Holding("moving_and_handling", held_by=2)]
    assert lacks(Stand(people=2, space="now", holdings=held), COVER, LIFTING) == set()


@pytest.mark.parametrize(
    ("stand", "change"),
    [
        (Stand(holdings=[Holding("moving_and_handling")]), Change.COVER),
        (Stand(people=3, holdings=[Holding("public_liability"), Holding("moving_and_handling", 2)]), Change.TRAINING),
        (Stand(space="full", holdings=[Holding("public_liability"), Holding("moving_and_handling")]), Change.HOURS),
        (Stand(imported=True, holdings=[Holding("public_liability")]), Change.KNOWING),
    ],
)
def test_what_one_lacks_is_named(stand, change):
    assert lacks(stand, COVER, LIFTING) == {change}


def test_too_little_cover_is_a_lack_even_of_an_imported_record():
    held = [Holding("employers_liability", amount_pence=100_000_000)]
    assert lacks(Stand(imported=True, holdings=held), EMPLOYEES) == {Change.COVER}
    assert lacks(Stand(holdings=[Holding("employers_liability", amount_pence=500_000_000)]), EMPLOYEES) == set()
    assert lacks(Stand(holdings=[Holding("employers_liability")]), EMPLOYEES) == set()


@pytest.mark.parametrize(
    ("basis", "change"),
    [
        ("registered", set()),
        ("will_register", set()),
        ("individual", {Change.REGISTRATION}),
        ("not_personal_care", {Change.REGISTRATION}),
        ("not_sure", {Change.KNOWING}),
        ("not_known", {Change.KNOWING}),
    ],
)
def test_rule_03_regulated_work_that_the_council_buys_needs_a_registration(basis, change):
    assert lacks(Stand(basis=basis), is_regulated=True) == change
    assert lacks(Stand(basis=basis)) == set()


@pytest.mark.parametrize(
    ("stand", "room"),
    [
        (Stand(), True),
        (Stand(space="now", hours_free=3), True),
        (Stand(space="now", hours_free=0), False),
        (Stand(space="waiting"), False),
        (Stand(space="away", away_until=TODAY), True),
        (Stand(space="away", away_until=TODAY + datetime.timedelta(days=1)), False),
        (Stand(space="away"), True),
    ],
)
def test_silence_about_space_keeps_nobody_out(stand, room):
    assert has_room(stand, TODAY) is room
