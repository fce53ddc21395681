import pytest

from providers.shortlists.rules import moved


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [
        (2, -1, [2, 1, 3]),
        (2, 1, [1, 3, 2]),
        (1, -1, [1, 2, 3]),
        (3, 1, [1, 2, 3]),
        (1, 5, [2, 3, 1]),
        (9, -1, [1, 2, 3]),
    ],
)
def test_one_goes_a_place_up_or_down_and_never_off_an_end(key, by, order):
    assert moved([1, 2, 3], key, by) == order
