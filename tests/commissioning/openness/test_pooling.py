from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.openness.pooling import Helper, covers, together

SMALL = st.integers(0, 4)


@st.composite
def cases(draw):
    cells = draw(st.integers(1, 4))
    minutes = st.lists(SMALL, min_size=cells, max_size=cells).map(tuple)
    helpers = draw(st.lists(st.builds(Helper, st.integers(0, 6), minutes), max_size=5))
    return helpers, list(draw(minutes))


@given(cases())
def test_hours_are_covered_exactly_where_no_set_of_cells_wants_more_than_can_be_given_to_it(case):
    helpers, wanted = case
    cells = range(len(wanted))
    sets = [chosen for size in cells for chosen in combinations(cells, size + 1)]
    enough = all(
        sum(min(helper.free, sum(helper.at[cell] for cell in chosen)) for helper in helpers)
        >= sum(wanted[cell] for cell in chosen)
        for chosen in sets
    )
    assert covers(helpers, wanted) is enough


@pytest.mark.parametrize(("last", "expected"), [(60, True), (59, False)])
def test_somebody_moves_over_so_that_another_can_step_in(last, expected):
    """The first could do either morning and the second only the Monday: the first has to go to the Tuesday."""
    helpers = [Helper(60, (60, 60)), Helper(last, (60, 0))]
    assert covers(helpers, [60, 60]) is expected


def test_nothing_wanted_is_covered_by_nobody():
    assert covers([], [])
    assert not covers([], [1])


def test_one_provider_gives_the_most_of_any_of_its_services_and_not_their_sum():
    assert together([Helper(60, (60, 0)), Helper(90, (30, 20))]) == Helper(90, (60, 20))
