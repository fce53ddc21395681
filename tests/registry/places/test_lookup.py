import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Council, Postcode
from registry.places.lookup import Place, PlaceProblem, look_up

pytestmark = pytest.mark.usefixtures("postcodes")


@pytest.mark.parametrize("typed", ["ba1 1lz", "BA11LZ", " BA1  1LZ "])
def test_a_postcode_has_its_point_and_its_council(typed):
    place = look_up(typed)
    assert isinstance(place, Place)
    assert (place.easting, place.northing) == (375035, 164737)
    assert place.council.name == "Bath and North East Somerset"
    assert (place.written, str(place), place.outcode) == ("BA1 1LZ", "BA1 1LZ", "BA1")
    assert not place.is_outcode


def test_an_outcode_alone_has_the_middle_of_its_postcodes():
    place = look_up("ba14")
    assert (place.written, place.is_outcode, place.easting) == ("BA14", True, 385783)
    assert place.council.name == "Wiltshire"


def test_a_district_of_a_county_belongs_to_the_county():
    place = look_up("GL5 4PX")
    assert place.district_code == "E07000082"
    assert place.council.name == "Gloucestershire"


def test_a_postcode_that_was_ended_is_still_found():
    assert look_up("AB1 1LZ").council.name == "Aberdeen City"


def test_a_place_in_no_district_of_ours_has_no_council():
    Postcode.objects.create(code="ZE39ZZ", easting=440000, northing=1100000, district_code="L99999999")
    assert look_up("ZE3 9ZZ").council is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", PlaceProblem.EMPTY),
        (" \t ", PlaceProblem.EMPTY),
        ("Bath", PlaceProblem.MALFORMED),
        ("BA1 9ZZ", PlaceProblem.UNKNOWN),
        ("ZZ99", PlaceProblem.UNKNOWN),
        ("BT1 5GS", PlaceProblem.NORTHERN_IRELAND),
        ("JE2 3AB", PlaceProblem.CHANNEL_ISLANDS),
        ("gy1", PlaceProblem.CHANNEL_ISLANDS),
        ("IM1 1AG", PlaceProblem.ISLE_OF_MAN),
        ("M1 9FN", PlaceProblem.NO_POINT),
    ],
)
def test_each_problem_has_its_own_answer(typed, problem):
    assert look_up(typed) is problem


def test_each_problem_says_something_else_in_plain_words():
    messages = {problem.message for problem in PlaceProblem}
    assert len(messages) == len(PlaceProblem)
    assert all(len(message) > 40 for message in messages)


@pytest.mark.parametrize("typed", ["BA1 1LZ", "BA1"])
def test_a_lookup_is_one_read_with_the_council_whole(typed, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = look_up(typed).council
    known = Council.objects.get(pk=found.pk)
    fields = [field.attname for field in Council._meta.concrete_fields]
    assert [getattr(found, name) for name in fields] == [getattr(known, name) for name in fields]


def test_a_lookup_never_reads_the_whole_list():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_postcode (code, easting, northing, district_code, ward_code)"
            " SELECT 'ZZ' || i, i, i, 'E06000022', '' FROM generate_series(10000, 40000) i"
        )
        cursor.execute("ANALYZE registry_postcode")
    with CaptureQueriesContext(connection) as asked:
        look_up("BA1 1LZ")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index" in plan
    assert "Seq Scan on registry_postcode" not in plan
