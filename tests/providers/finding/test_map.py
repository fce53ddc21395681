"""What was found, on a map: the same as the list says, and never anybody's door."""

import json

import pytest
from bs4 import BeautifulSoup
from environs import ValidationError

from registry.environment import tile_address
from registry.models import Outcode
from tests.providers.listings.makers import BATH_ABBEY, comes_from, listed, make_provider, make_service

pytestmark = pytest.mark.django_db
ASKED = {"postcode": "BA1 1LZ"}


def page_of(client, **asked):
    response = client.get("/find/map/", {**ASKED, **asked})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def points(client, **asked):
    response = client.get("/find/map/points.json", {**ASKED, **asked})
    assert response["Content-Type"] == "application/geo+json"
    return json.loads(response.content)["features"]


def of_kind(features, kind):
    return [feature for feature in features if feature["properties"]["kind"] == kind]


def test_the_map_page_says_in_a_list_what_it_draws(client, ana, hall):
    page = page_of(client, postcode="BA2 7AY")
    listed_there = [item.a.get_text() for item in page.select(".nh-map-list > li")]
    assert [name.split(",")[0] for name in listed_there] == ["Lunch at home", "Lunch club"]
    assert "You go to them in Radstock, about 8 miles away" in page.select_one(".nh-map-list").get_text()
    assert [text.get_text() for text in page.select(".nh-map-drawing__number")] == ["1", "2"]
    assert page.select_one("#map").has_attr("hidden")


def test_what_has_no_place_to_draw_is_in_the_list_all_the_same(client, council, postcodes):
    provider = make_provider(council, base_postcode="", town="Bath")
    comes_from(make_service(provider))
    listed(provider)
    page = page_of(client)
    assert "Not on the map" in page.select_one(".nh-map-list").get_text()
    assert not page.select(".nh-map-drawing__pin")


def test_the_points_are_those_of_the_list_with_words_and_a_way_on(client, ana):
    (pin,) = of_kind(points(client), "pin")
    (service,) = pin["properties"]["services"]
    assert pin["properties"]["label"] == "1"
    assert service["number"] == 1
    assert service["name"] == "Lunch at home"
    assert service["address"].startswith(f"/providers/{ana.slug}/#service-")
    assert service["why"] == ["Comes to BA1: up to 5 miles from BA2, less than a mile away"]


def test_rule_10_a_mark_stands_in_the_middle_of_a_district_and_never_at_a_base(client, ana, council):
    neighbour = make_provider(council, "Neighbour", base_postcode="BA2 3AA")
    comes_from(make_service(neighbour, "Errands"), point=(BATH_ABBEY[0] - 900, BATH_ABBEY[1] + 700))
    listed(neighbour)
    features = points(client)
    (pin,) = of_kind(features, "pin")
    assert pin["properties"]["name"] == "BA2"
    assert pin["properties"]["label"] == "1, 2"
    before = json.dumps(features)
    assert "BA2 3AA" not in before
    # Wherever in the district they live, what is sent is the same.
    Outcode.objects.filter(pk="BA2").update(easting=370_000)
    assert of_kind(points(client), "pin")[0]["geometry"] != pin["geometry"]


def test_boundaries_near_are_sent_thinned_and_the_place_itself_is_marked(client, ana, council, other_council):
    features = points(client)
    assert "Bath and North East Somerset Council" in [one["properties"]["name"] for one in of_kind(features, "council")]
    assert len(of_kind(features, "here")) == 1
    assert {one["properties"]["name"] for one in of_kind(features, "name")} >= {"BA1"}
    assert len(json.dumps(features)) < 200_000


def test_a_place_of_no_council_of_ours_is_drawn_without_boundaries(client, ana):
    from registry.models import Postcode

    Postcode.objects.filter(code="BA11LZ").update(district_code="X99999999")
    assert not of_kind(points(client), "council")


def test_a_question_that_cannot_be_answered_goes_where_it_can_be_mended(client, ana):
    wrong = client.get("/find/map/", {"postcode": "nonsense", "day": "tue"})
    assert (wrong.status_code, wrong["Location"]) == (302, "/find/?postcode=nonsense&day=tue")
    assert client.get("/find/map/points.json", {"postcode": "BT1 1AA"}).status_code == 400
    assert client.get("/find/map/points.json").json() == {"detail": "Ask for a postcode"}


def test_where_nothing_is_found_the_map_says_so(client, postcodes, council):
    assert "We found nothing that fits" in page_of(client).main.get_text()


def test_no_other_server_may_be_asked_for_anything_unless_one_is_configured(client, ana, settings):
    settings.NEARHAND_TILES = ""
    assert "img-src 'self' data:;" in client.get("/find/map/", ASKED)["Content-Security-Policy"] + ";"
    assert page_of(client).select_one("#map")["data-tiles"] == ""


def test_a_configured_tile_server_is_let_through_on_the_map_page_alone(client, ana, settings):
    settings.NEARHAND_TILES = "https://{s}.tiles.example/{z}/{x}/{y}.png"
    settings.NEARHAND_TILES_CREDIT = "© Someone"
    assert "img-src 'self' data: https://*.tiles.example" in client.get("/find/map/", ASKED)["Content-Security-Policy"]
    assert "tiles.example" not in client.get("/find/", ASKED)["Content-Security-Policy"]
    assert page_of(client).select_one("#map")["data-credit"] == "© Someone"


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/",
        "https:///{z}/{x}/{y}",
        "https://a;script-src *.example/{z}/{x}/{y}",
    ],
)
def test_an_address_of_tiles_that_cannot_be_is_refused(address):
    with pytest.raises(ValidationError, match="map tiles"):
        tile_address(address)


def test_an_address_of_tiles_that_can_be_is_taken():
    for address in ("", "https://tiles.example:8443/{z}/{x}/{y}.png", "https://{s}.tiles.example/{z}/{x}/{y}@2x.png"):
        tile_address(address)


def test_the_scripts_of_the_map_load_on_its_page_alone(client, ana):
    scripts = [script["src"] for script in page_of(client).select("script")]
    assert [name.rpartition("/")[2] for name in scripts] == ["leaflet.js", "map.js"]
    assert b"<script" not in client.get("/find/", ASKED).content


def test_a_crowd_in_one_district_is_counted_and_not_spelt_out(client, council, postcodes):
    provider = make_provider(council)
    for number in range(5):
        comes_from(make_service(provider, f"Service {number}"))
    listed(provider)
    (pin,) = of_kind(points(client), "pin")
    assert pin["properties"]["label"] == "1, 2 +3"
    assert len(pin["properties"]["services"]) == 5
