import pytest

from commissioning.sourcing.reach import Coverage


@pytest.mark.parametrize(
    ("coverage", "reaches"),
    [
        (Coverage(circles=(((0, 0), 5000),)), True),
        (Coverage(circles=(((0, 0), 4999),)), False),
        (Coverage(circles=(((9000, 9000), 10), ((3000, 4000), 0))), True),
        (Coverage(districts=frozenset({"E06000022"})), True),
        (Coverage(districts=frozenset({"E06000054"})), False),
        (Coverage(), False),
    ],
)
def test_coverage_reaches_a_place_by_distance_or_by_name(coverage, reaches):
    assert coverage.reaches((3000, 4000), "E06000022") is reaches
