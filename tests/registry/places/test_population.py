"""How many people live where somebody goes, by small areas that the test lays out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import SmallArea
from registry.places.population import Circle, Ground, residents, rounded
from registry.places.small_areas import load_small_areas

BATH = (375_100, 164_800)


@pytest.fixture
def areas(db):
    """A row of four, a kilometre apart, the last in another district."""
    for number, (people, district) in enumerate([(1000, "E1"), (2000, "E1"), (4000, "E1"), (8000, "E2")]):
        SmallArea.objects.create(
            code=f"E0{number}",
            easting=BATH[0] + 1000 * number,
            northing=BATH[1],
            district_code=district,
            residents=people,
            disabled=people // 10,
        )


@pytest.mark.parametrize(("metres", "people"), [(0, 1000), (999, 1000), (1000, 3000), (2500, 7000), (9000, 15_000)])
def test_a_circle_holds_the_areas_whose_point_lies_in_it(areas, metres, people):
    assert residents([Ground((Circle(*BATH, metres),))]) == [people]


def test_a_corner_of_the_box_is_not_in_the_circle(areas):
    circle = Circle(BATH[0] + 900, BATH[1] + 900, 1000)
    assert residents([Ground((circle,))]) == [2000]


def test_what_lies_in_several_is_counted_once(areas):
    circles = (Circle(*BATH, 1000), Circle(BATH[0] + 1000, BATH[1], 1000))
    assert residents([Ground(circles, frozenset({"E2"}))]) == [15_000]


def test_many_grounds_take_one_query_and_nobody_is_not_known(areas):
    grounds = [Ground((), frozenset({"E1"})), Ground(), Ground((Circle(0, 0, 5000),))]
    with CaptureQueriesContext(connection) as asked:
        assert residents(grounds) == [7000, None, None]
    assert len(asked) == 1
    assert residents([]) == []


@pytest.mark.parametrize(("people", "said"), [(7, 7), (87, 87), (412, 410), (41_237, 41_000), (1_999_999, 2_000_000)])
def test_two_figures_are_said(people, said):
    assert rounded(people) == said


def test_the_census_that_ships_is_loaded_once(db):
    assert load_small_areas(again=False) == 35_672
    assert load_small_areas(again=False) == 0
    assert load_small_areas(again=True) == 35_672
    # England and Wales had 59.6 million residents in 2021.
    assert residents([Ground((Circle(400_000, 300_000, 700_000),))])[0] == pytest.approx(59_597_000, rel=0.001)
