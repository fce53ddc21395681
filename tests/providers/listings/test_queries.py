import random

import pytest
from django.db import connection
from django.utils import timezone

from providers.models import Listing, Service, Version
from providers.models.geometry import CircleField
from tests.providers.listings.makers import (
    BATH_ABBEY,
    MILE,
    Spot,
    comes_from,
    goes_anywhere_in,
    listed,
    make_district,
    make_provider,
    make_service,
    people_come_to,
)

pytestmark = pytest.mark.django_db
HERE = Spot()


def east_of_bath(miles):
    return (BATH_ABBEY[0] + miles * MILE, BATH_ABBEY[1])


def names(listings):
    return [row.name for row in listings]


@pytest.fixture
def everywhere(council, other_council):
    """Services that reach Bath Abbey in each way, and some that do not."""
    make_district("E06000022", council)
    make_district("E06000054", other_council)
    provider = make_provider(council)
    comes_from(make_service(provider, "Comes"), point=east_of_bath(3), miles=5)
    comes_from(make_service(provider, "Just too far"), point=east_of_bath(6), miles=5)
    goes_anywhere_in(make_service(provider, "Anywhere here"), council=council)
    goes_anywhere_in(make_service(provider, "Anywhere next door"), council=other_council)
    people_come_to(make_service(provider, "Hall near by"), point=east_of_bath(14))
    people_come_to(make_service(provider, "Hall far off"), point=east_of_bath(16))
    listed(provider)


def test_a_service_reaches_a_place_by_distance_by_area_or_because_people_go_there(everywhere):
    assert set(names(Listing.objects.reaching(HERE))) == {"Comes", "Anywhere here", "Hall near by"}


def test_nearest_come_first_and_those_without_a_base_last(everywhere):
    rows = list(Listing.objects.reaching(HERE).nearest_first(HERE))
    assert names(rows) == ["Comes", "Hall near by", "Anywhere here"]
    assert [row.metres_away and round(row.metres_away) for row in rows] == [3 * MILE, 14 * MILE, None]


def test_each_row_says_in_which_ways_it_reaches_the_place(everywhere):
    rows = {row.name: row for row in Listing.objects.reaching(HERE).saying_why(HERE)}
    ways = {name: (row.comes, row.anywhere_in_area, row.near_enough) for name, row in rows.items()}
    assert ways["Comes"][0]
    assert ways["Anywhere here"][1]
    assert ways["Hall near by"][2]


@pytest.fixture
def many(council):
    """Three thousand rows strewn over Britain, as a registry of many councils has."""
    chance = random.Random(7)
    provider = make_provider(council)
    version = Version.objects.create(provider=provider, number=1, content={})
    services = Service.every.bulk_create(
        Service(provider=provider, name=f"S{number}", description="-") for number in range(3000)
    )
    rows = []
    for service in services:
        base = (chance.randrange(200_000, 600_000), chance.randrange(100_000, 900_000))
        rows.append(
            Listing(
                service=service,
                provider=provider,
                version=version,
                name=service.name,
                provider_name=provider.name,
                easting=base[0],
                northing=base[1],
                reach=CircleField.written(*base, 8000) if chance.random() < 0.8 else None,
                come_to_us=CircleField.written(*base, 24140) if chance.random() < 0.1 else None,
                areas=[f"E0600{chance.randrange(9999):04}"],
                categories=[f"c{chance.randrange(70)}"],
                confirmed_on=timezone.localdate(),
            )
        )
    Listing.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE providers_listing")


def test_finding_who_reaches_a_place_reads_indexes_and_never_the_whole_table(many):
    plan = Listing.objects.reaching(HERE).nearest_first(HERE).explain()
    assert "Seq Scan" not in plan
    assert all(index in plan for index in ("listing_reach", "listing_areas", "listing_come_to_us"))
