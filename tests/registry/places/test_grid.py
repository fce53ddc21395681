import pytest

from registry.places.grid import metres_between, to_grid, to_latitude_longitude


def test_the_ordnance_survey_s_own_example_agrees_within_five_metres():
    """Caister water tower, from "A guide to coordinate systems in Great Britain"."""
    assert metres_between(to_grid(52.657977, 1.716074), (651409, 313177)) < 5


def test_there_and_back_is_the_same_place():
    latitude, longitude = to_latitude_longitude(375035, 164737)
    assert (round(latitude, 2), round(longitude, 2)) == (51.38, -2.36)
    assert metres_between(to_grid(latitude, longitude), (375035, 164737)) <= 1


@pytest.mark.parametrize(("latitude", "longitude"), [(0, 0), (48.85, 2.35), (89, 170), (float("nan"), 0)])
def test_a_point_off_the_grid_is_refused(latitude, longitude):
    with pytest.raises(ValueError, match="not on the British National Grid"):
        to_grid(latitude, longitude)


def test_distance_is_in_metres():
    assert metres_between((0, 0), (300, 400)) == 500
