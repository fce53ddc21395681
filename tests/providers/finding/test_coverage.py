"""Where a service goes, as a picture and as a number, beside the words."""

import re
from xml.etree import ElementTree

import pytest

from providers.models import Version
from registry.models import District, SmallArea
from tests.factories.registrations import register_provider
from tests.providers.listings.makers import listed

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def near_bath(db):
    SmallArea.objects.create(
        code="E01", easting=375_500, northing=165_500, district_code="E06000022", residents=41_237, disabled=0
    )


@pytest.fixture
def made(council, postcodes, near_bath):
    def make(**where):
        provider = register_provider(where=where)
        listed(provider)
        return provider, f"/providers/{provider.slug}/where/{provider.services.get().pk}.svg"

    return make


def drawn(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    return ElementTree.fromstring(answer.content)


def test_a_distance_is_a_circle_and_the_page_says_how_many_live_in_it(client, made):
    provider, picture = made()
    page = client.get(f"/providers/{provider.slug}/").content.decode()
    assert "About 41,000 (census of 2021)" in page
    assert re.search(r'<img class="nh-coverage"[^>]*alt="Map: Travels up to 6 miles from BA1"', page)
    assert picture in page
    svg = drawn(client, picture)
    assert len(svg.findall(f"{SVG}circle")) == 1
    assert "BA1" in [place.text for place in svg.iter(f"{SVG}text")]


def test_rule_10_the_circle_is_drawn_around_the_postcode_district_and_not_the_home(client, made):
    _here, picture = made()
    before = client.get(picture).content
    # The same district, another street: the picture does not move.
    content = Version.objects.get().content
    assert content["services"][0]["coverage"][0]["from"] == "BA1"
    provider = Version.objects.get().provider
    coverage = provider.services.get().coverage.get()
    coverage.easting += 700
    coverage.save()
    assert client.get(picture).content == before


def test_a_named_council_is_an_outline(client, made, other_council):
    _provider, picture = made(miles=None, areas=["council:E06000054", "district:E06000022"])
    svg = drawn(client, picture)
    assert svg.findall(f"{SVG}circle") == []


def test_a_district_of_a_county_is_drawn_as_its_county(client, made):
    district = District.objects.exclude(pk__startswith="E06").filter(pk__startswith="E07").first()
    _provider, picture = made(miles=None, areas=[f"district:{district.pk}"])
    assert drawn(client, picture) is not None


def test_where_people_come_to_them_nothing_is_drawn(client, made):
    provider, picture = made(miles=None, areas=[], place="The garden room, Larkhall")
    page = client.get(f"/providers/{provider.slug}/").content.decode()
    assert "nh-coverage" not in page
    assert "census" not in page
    assert client.get(picture).status_code == 404


def test_there_is_no_picture_of_what_is_not_listed(client, made):
    provider, picture = made()
    assert client.get(picture.replace(str(provider.services.get().pk), str(provider.pk))).status_code == 404
    provider.listed_at = None
    provider.save()
    assert client.get(picture).status_code == 404
