import pytest

from registry.models import Council, District
from registry.places.loading import adjoining, load_councils

pytestmark = pytest.mark.django_db


def neighbours(name):
    return set(Council.objects.get(name=name).borders.values_list("name", flat=True))


def test_every_body_with_adult_social_care_duties_is_there():
    assert Council.objects.count() == 212
    assert District.objects.count() == 361
    assert not District.objects.filter(name="").exists()
    assert District.objects.get(name="Mid Devon").council.name == "Devon"
    assert District.objects.get(code="E08000038").name == "Barnsley"


def test_bath_wiltshire_and_somerset_adjoin():
    names = {"Bath and North East Somerset", "Wiltshire", "Somerset"}
    for name in names:
        assert names - {name} <= neighbours(name)


def test_councils_that_face_each_other_over_water_do_not_adjoin():
    assert "Wirral" not in neighbours("Liverpool")
    assert "Kent" not in neighbours("Thurrock")
    assert neighbours("Isle of Wight") == set()


def test_borders_cross_the_nations():
    assert "The Scottish Borders" in neighbours("Northumberland")
    assert "Monmouthshire" in neighbours("Gloucestershire")


def test_a_shared_corner_is_no_border():
    square = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]}
    beside = {"type": "Polygon", "coordinates": [[[1, 0], [1, 1], [2, 1], [2, 0], [1, 0]]]}
    corner = {"type": "MultiPolygon", "coordinates": [[[[1, 1], [1, 2], [2, 2], [1, 1]]]]}
    assert adjoining({"a": square, "b": beside, "c": corner}) == {("a", "b")}


def test_loading_again_mends_the_facts_and_keeps_the_settings_of_a_council():
    Council.objects.filter(code="E06000054").update(name="Wilts", size_limit=5)
    load_councils(Council, District)
    council = Council.objects.get(code="E06000054")
    assert (council.name, council.size_limit) == ("Wiltshire", 5)
    assert Council.objects.count() == 212
