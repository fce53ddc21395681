import pytest
from django.utils import timezone

from providers.models import Provider, Version
from providers.models.council_listing import CouncilListing
from tests.providers.listings.makers import BATH_ABBEY, comes_from, listed, make_provider, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(council, postcodes):
    found = [make_provider(council, f"Provider {number}") for number in range(5)]
    for provider in found:
        comes_from(make_service(provider, f"Help by {provider.name}"))
        listed(provider)
    return found


def ids(answer):
    return [row["id"] for row in answer.json()["results"]]


def test_all_are_read_page_after_page_each_once(client, five):
    seen, address = [], "/api/providers/?per_page=2"
    while address:
        answer = client.get(address)
        seen += ids(answer)
        address = answer.json().get("next")
    assert seen == sorted(str(provider.pk) for provider in five)


def test_those_of_a_council_are_those_based_there_or_on_its_list(client, five, other_council):
    listing = {"provider": five[0], "council": other_council, "listed_at": timezone.now()}
    CouncilListing.objects.create(**listing)
    assert ids(client.get("/api/providers/", {"council": other_council.pk})) == [str(five[0].pk)]
    answer = client.get("/api/providers/", {"council": "E06000022", "per_page": "2"})
    assert len(ids(answer)) == 2
    assert "council=E06000022" in answer.json()["next"]


WRONG = [
    {"per_page": "0"},
    {"per_page": "x"},
    {"after": "me"},
    {"council": "\x00"},
    {"council": "E06"},
    {"council": ""},
]


@pytest.mark.parametrize("asked", WRONG)
def test_what_cannot_be_asked_is_a_400_that_names_it(client, db, asked):
    answer = client.get("/api/providers/", asked)
    assert answer.status_code == 400
    assert {row["name"] for row in answer.json()["errors"]} == set(asked)


def test_a_provider_says_town_and_district_and_no_more(client, ana):
    answer = client.get(f"/api/providers/{ana.pk}/")
    body = answer.json()
    assert (body["town"], body["postcode_district"], body["council"]) == ("Bath", "BA2", "E06000022")
    assert body["services"][0]["name"] == "Lunch at home"
    assert "BA2 3AA" not in answer.text
    assert ana.phone not in answer.text
    ana.out_of_feed_since = timezone.now()
    ana.save()
    assert client.get(f"/api/providers/{ana.pk}/").status_code == 404


def test_the_list_asks_no_more_for_more_rows(client, five, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/api/providers/")
    with django_assert_num_queries(2):
        client.get("/api/providers/", {"per_page": "1"})


def test_one_without_an_approved_version_is_passed_over(client, five):
    Version.objects.filter(provider=five[0]).delete()
    assert len(ids(client.get("/api/providers/"))) == 4
    assert client.get(f"/api/providers/{five[0].pk}/").status_code == 404


def coverage_of(client, provider):
    return client.get(f"/api/services/{provider.services.get().pk}/coverage/").json()


def test_rule_10_a_circle_stands_around_the_middle_of_the_district_and_never_the_base(client, ana):
    body = coverage_of(client, ana)
    assert body["ways"] == [
        {"reach": "distance", "words": "Travels up to 5 miles from BA2", "base": "BA2", "miles": 5.0}
    ]
    (feature,) = body["shape"]["features"]
    (ring,) = feature["geometry"]["coordinates"]
    longitude, latitude = (sum(point[axis] for point in ring[:-1]) / (len(ring) - 1) for axis in (0, 1))
    # The middle of BA2 is 1.2 km from the abbey, where Ana's base is.
    assert (round(latitude, 3), round(longitude, 3)) == (51.372, -2.367)
    assert ring[0] == ring[-1]
    assert feature["properties"]["drawn_around"] == "the middle of BA2"
    assert str(BATH_ABBEY[0]) not in str(body)


def test_areas_are_told_by_code_and_drawn_as_their_council(client, roving, council):
    body = coverage_of(client, roving)
    assert body["area_codes"] == ["E06000022"]
    (feature,) = body["shape"]["features"]
    assert feature["properties"]["area_code"] == council.pk
    assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")


def test_a_place_people_come_to_is_told_in_words_and_not_drawn(client, hall):
    body = coverage_of(client, hall)
    assert body["ways"] == [{"reach": "come_to_us", "words": "You go to them in Radstock", "place": "Radstock"}]
    assert body["shape"] == {"type": "FeatureCollection", "features": []}


def test_a_base_without_a_district_of_ours_is_not_drawn(client, council, postcodes):
    provider = make_provider(council, "Far", base_postcode="ZZ1 1AA")
    comes_from(make_service(provider))
    listed(provider)
    assert coverage_of(client, provider)["shape"]["features"] == []


def test_councils_are_those_that_use_the_register(client, council):
    (row,) = client.get("/api/councils/").json()
    assert (row["code"], row["name"]) == (council.pk, council.full_name)
    assert {"code": "E06000022", "name": "Bath and North East Somerset"} in row["districts"]


def test_providers_are_listed(client, db):
    assert Provider.every.count() == 0
    assert client.get("/api/providers/").json() == {"results": []}
