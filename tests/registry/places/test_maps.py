import re

import pytest

from registry.models import Council
from registry.places.maps import Frame, council_map, council_path, frame_around, simplified

FRAME = Frame(west=370_000, south=160_000, east=380_000, north=165_000, width=500)


def points_of(path):
    return [tuple(map(float, pair.split(","))) for pair in re.findall(r"[-\d.]+,[-\d.]+", path)]


def test_north_is_up_and_the_frame_keeps_its_shape():
    assert FRAME.view_box == "0 0 500 250"
    assert FRAME.at(370_000, 165_000) == (0, 0)
    assert FRAME.at(380_000, 160_000) == (500, 250)
    assert FRAME.shows(375_000, 162_000)
    assert not FRAME.shows(375_000, 166_000)


@pytest.mark.parametrize(("metres", "bar"), [(10_000, 2_000), (90_000, 20_000), (1_000, 500), (900_000, 100_000)])
def test_the_scale_bar_is_a_round_distance(metres, bar):
    frame = Frame(0, 0, metres, metres, 300)
    assert frame.scale_metres == bar
    assert frame.scale_length == round(bar * 300 / metres, 1)


def test_a_council_fills_its_map_and_its_neighbours_stand_around(council):
    drawn = council_map(council, width=600)
    assert re.fullmatch(r"(M[-\d.]+,[-\d.]+(L[-\d.]+,[-\d.]+)+Z)+", drawn.council.path)
    inside = points_of(drawn.council.path)
    assert all(0 < x < drawn.frame.width and 0 < y < drawn.frame.height for x, y in inside)
    assert max(x for x, _ in inside) - min(x for x, _ in inside) > 500
    assert [shape.name for shape in drawn.neighbours] == [
        "Bristol, City of",
        "North Somerset",
        "Somerset",
        "South Gloucestershire",
        "Wiltshire",
    ]
    assert drawn.frame.shows(375035, 164737)


def test_a_map_makes_room_for_points_outside_the_council(council):
    far = (415_000, 130_000)
    assert not council_map(council).frame.shows(*far)
    assert council_map(council, points=[far]).frame.shows(*far)


@pytest.mark.django_db
def test_the_smaller_the_drawing_the_lighter_its_path():
    highland = Council.objects.get(name="Highland")
    large, small = (frame_around([highland.boundary], width=width) for width in (2000, 60))
    assert len(council_path(highland, small)) < len(council_path(highland, large)) / 5


def test_nothing_to_frame_is_the_whole_of_great_britain():
    assert frame_around([{"type": "Polygon", "coordinates": []}], width=100).shows(529_090, 179_645)


def test_one_point_has_ground_around_it():
    frame = frame_around([], [(375_035, 164_737)], width=100)
    assert frame.at(375_035, 164_737) == (50, 50)


def test_an_island_too_small_to_see_is_left_out(council):
    council.boundary = {"type": "Polygon", "coordinates": [[[-2.4, 51.4], [-2.4, 51.401], [-2.39, 51.4], [-2.4, 51.4]]]}
    frame = Frame(0, 0, 700_000, 1_300_000, 100)
    assert council_path(council, frame) == ""


def test_simplifying_keeps_corners_and_drops_what_lies_between_them():
    assert simplified([(0, 0), (5, 0.1), (10, 0), (10, 10), (0, 0)]) == [(0, 0), (10, 0), (10, 10), (0, 0)]
