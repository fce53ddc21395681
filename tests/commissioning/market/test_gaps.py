"""Where nobody comes: as numbers, as a map, as files."""

import random
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commissioning.market.gaps import gap_map, gaps, nearest_outcodes, places, reached_by
from commissioning.market.ground import ground_of
from commissioning.market.reading import offers_near
from registry.models import CouncilMembership, Outcode
from tests.cast import make_council, make_staff, sign_in
from tests.commissioning.market.conftest import AREAS
from tests.commissioning.market.makers import one_service
from tests.providers.listings.makers import MILE, comes_from, listed, make_provider, make_service, people_come_to

pytestmark = pytest.mark.django_db

BATH = "/commissioning/market/E06000022/"
# The middle of BA2, from which whoever is based there is reckoned.
BA2 = (374_524, 163_690)


def gap_of(council, code="cooking"):
    ground = ground_of(council)
    return next(gap for gap in gaps(ground, offers_near(ground)) if gap.term.code == code)


def test_who_lives_beyond_every_provider_has_nobody(council, census):
    one_service(council, miles=2)
    gap = gap_of(council)
    assert (gap.providers, gap.areas, gap.residents, gap.disabled) == (1, 2, 6_000, 1_000)
    other = gap_of(council, "gardening")
    assert (other.providers, other.areas, other.residents) == (0, 3, 7_000)


def test_the_largest_gap_comes_first(council, census):
    one_service(council, area=council.districts.get())
    ground = ground_of(council)
    found = gaps(ground, offers_near(ground))
    assert found[-1].term.code == "cooking"
    assert found[-1].residents == 0
    assert all(gap.residents == 7_000 for gap in found[:-1])


def test_a_place_that_people_go_to_is_near_enough_within_fifteen_miles(council, census):
    one_service(council, door=((365_400, 168_000), "The Hall, Keynsham"))
    assert gap_of(council).residents == 0


def test_rule_10_a_base_is_reckoned_from_the_middle_of_its_postcode_district(council, census):
    """Were it the base itself, a map of whom one provider reaches would show where she lives."""
    home = (375_900, 166_100)
    service = make_service(make_provider(council, base_postcode="BA2 3AA"), categories=["cooking"])
    comes_from(service, home, miles=2)
    people_come_to(service, home, place="")
    listed(service.provider)
    (offer,) = offers_near(ground_of(council))
    assert {(circle.easting, circle.northing) for circle in offer.circles} == {BA2}
    assert 2 * MILE in {circle.metres for circle in offer.circles}


def test_rule_10_a_base_of_which_no_postcode_district_is_known_is_nowhere_on_the_map(council, census):
    service = make_service(make_provider(council, base_postcode=""), categories=["cooking"])
    comes_from(service)
    people_come_to(service, place="")
    listed(service.provider)
    (offer,) = offers_near(ground_of(council))
    assert offer.circles == ()


def test_whoever_was_suspended_or_has_left_comes_nowhere(council, census, checker):
    service = one_service(council, miles=2)
    service.provider.left_at = timezone.now()
    service.provider.save()
    assert offers_near(ground_of(council)) == []


def test_each_small_area_stands_with_the_nearest_postcode_district(council, census):
    one_service(council, miles=2)
    ground = ground_of(council)
    outcodes = nearest_outcodes(ground)
    assert [place.pk for place in outcodes] == ["BA1", "BS31", "BA3"]
    reached = reached_by(offers_near(ground), "cooking", ground)
    found = {place.code: place for place in places(ground, reached, outcodes)}
    assert list(found) == ["BA3", "BS31", "BA1"]
    assert (found["BA1"].residents, found["BA1"].residents_without) == (1_000, 0)
    assert (found["BA3"].disabled_without, found["BA3"].areas_without) == (700, 1)


def test_the_figures_equal_a_plain_recount(council, census):
    """Over a made-up register, each area held against each provider by the plain rule."""
    dice = random.Random(7)
    circles = []
    for number in range(12):
        outcode, middle = dice.choice([("BA1", (375_179, 165_232)), ("BA3", (367_674, 154_330)), ("BA2", BA2)])
        miles = dice.randint(1, 7)
        one_service(council, miles=miles, name=f"Provider {number}", base_postcode=f"{outcode} 1AA")
        circles.append((middle, miles * MILE))
    without = [
        people
        for east, north, district, people, _disabled in AREAS.values()
        if district == "E06000022"
        and not any((east - x) ** 2 + (north - y) ** 2 <= metres**2 for (x, y), metres in circles)
    ]
    assert gap_of(council).residents == sum(without)


def test_the_page_says_in_words_what_the_map_shows(as_commissioner, council, census):
    one_service(council, miles=2)
    page = as_commissioner.get(f"{BATH}without/cooking/").content.decode()
    assert "Of 7,000 residents, 6,000 live where no provider comes. 1,000 of them are disabled." in page
    (without,) = re.findall(r'nh-market__without" d="(M[^"]*)"', page.split("</figure>")[0].split("<figcaption>")[0])
    assert without.count("h0") == 2
    assert "Contains National Statistics data © Crown copyright and database right 2025." in page
    for address in (f"{BATH}without/cooking.csv", f"{BATH}without/cooking/small-areas.csv"):
        assert address in page


def test_the_files_hold_the_same_numbers(as_commissioner, council, census):
    one_service(council, miles=2)
    said = as_commissioner.get(f"{BATH}without/cooking.csv").content.decode("utf-8-sig").splitlines()
    assert said[1] == "BA3,4000,4000,700,700,1,1"
    areas = as_commissioner.get(f"{BATH}without/cooking/small-areas.csv").content.decode("utf-8-sig").splitlines()
    assert areas[1] == "E01000001,Bath and North East Somerset,BA1,1000,100,Yes"
    kinds = as_commissioner.get(f"{BATH}without.csv")
    assert kinds["Content-Disposition"] == 'attachment; filename="without-a-provider-E06000022.csv"'
    assert "1,6000,1000,2" in kinds.content.decode()


def test_elsewhere_than_in_england_and_wales_there_is_no_such_data(client, postcodes):
    edinburgh = make_council("S12000036", "City of Edinburgh", "Scotland")
    sign_in(client, make_staff("edi@council.example", "Edi", edinburgh, "commissioner"))
    for address in ("", "without/cooking/", "conditions/"):
        page = client.get(f"/commissioning/market/S12000036/{address}").content.decode()
        assert "there is no such data" in page
    for address in ("without.csv", "without/cooking.csv", "without/cooking/small-areas.csv"):
        assert client.get(f"/commissioning/market/S12000036/{address}").status_code == 404


def test_a_council_of_which_no_place_is_known_has_pages_all_the_same(client, db):
    nowhere = make_council("E06000022", "Bath and North East Somerset")
    sign_in(client, make_staff("no@council.example", "No", nowhere, "commissioner"))
    for address in ("", "without/cooking/", "conditions/"):
        assert "is not loaded on this site yet" in client.get(f"{BATH}{address}").content.decode()
    assert client.get(f"{BATH}prices-and-hours/").status_code == 200


@pytest.mark.parametrize("category", ["nothing-of-ours", "a-group", "x" * 5000])
def test_what_is_no_kind_of_help_has_no_page(as_commissioner, council, census, category):
    for ending in ("/", ".csv", "/small-areas.csv"):
        assert as_commissioner.get(f"{BATH}without/{category}{ending}").status_code == 404


def test_the_same_number_of_questions_for_one_service_and_for_ten(as_commissioner, council, census):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            as_commissioner.get(f"{BATH}without/cooking/")
            as_commissioner.get(f"{BATH}conditions/")
        return len(queries)

    one_service(council, miles=2)
    few = asked()
    for number in range(9):
        one_service(council, miles=2 + number, name=f"Provider {number}", base_postcode=f"BA{1 + number % 3} 1AA")
    assert asked() == few


def test_of_another_council_there_is_no_page(client, other_commissioner, council, census):
    sign_in(client, other_commissioner)
    for address in ("", "without.csv", "conditions/", "openness.csv"):
        assert client.get(f"{BATH}{address}").status_code == 404


def test_the_way_there_leads_from_the_list_of_requirements(as_commissioner, council, census):
    assert 'href="/commissioning/market/"' in as_commissioner.get("/commissioning/").content.decode()
    assert 'href="/commissioning/market/"' in as_commissioner.get("/").content.decode()
    assert as_commissioner.get("/commissioning/market/").headers["Location"] == BATH


def test_who_works_for_two_councils_chooses_one(as_commissioner, commissioner, council, other_council, census):
    CouncilMembership.objects.create(user=commissioner, council=other_council, role="commissioner")
    page = as_commissioner.get("/commissioning/market/").content.decode()
    assert BATH in page
    assert "/commissioning/market/E06000054/" in page


def test_small_areas_have_their_file_where_no_postcode_district_is_loaded(as_commissioner, council, census):
    Outcode.objects.all().delete()
    said = as_commissioner.get(f"{BATH}without/cooking/small-areas.csv").content.decode().splitlines()
    assert said[1] == "E01000001,Bath and North East Somerset,,1000,100,No"
    assert as_commissioner.get(f"{BATH}without/cooking/").status_code == 200


def test_no_two_names_on_the_map_touch(council, census):
    """Of two whose middles lie together the one with more postcodes keeps its name."""
    Outcode.objects.create(code="BA9", easting=BA2[0] + 100, northing=BA2[1], district_code="E06000022", postcodes=1)
    ground = ground_of(council)
    drawn = gap_map(council, ground, ground.nowhere, Outcode.objects.filter(pk__in=["BA2", "BA3", "BA9", "TA1"]))
    assert [label.name for label in drawn.labels] == ["BA2", "BA3"]
