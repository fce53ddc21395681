import pytest

from registry.places.queries import outcodes_of

pytestmark = pytest.mark.usefixtures("postcodes")


def test_the_outcodes_of_a_council_are_those_that_lie_mostly_in_it(council, other_council):
    assert [str(outcode) for outcode in outcodes_of(council)] == ["BA1", "BA2", "BA3", "BS31", "BS39"]
    assert "BA14" in [str(outcode) for outcode in outcodes_of(other_council)]
