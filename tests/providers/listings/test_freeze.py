import json

import pytest

from providers.listings.freeze import frozen_listing
from tests.providers.listings.makers import (
    comes_from,
    goes_anywhere_in,
    has_space,
    make_category,
    make_district,
    make_provider,
    make_service,
    people_come_to,
)

pytestmark = pytest.mark.django_db


def test_a_frozen_listing_is_plain_json_and_holds_what_the_public_may_read(council):
    provider = make_provider(council, about="I love feeding people.")
    service = make_service(provider, categories=[make_category()])
    comes_from(service, miles=8)
    has_space(service)
    content = frozen_listing(provider)
    assert json.loads(json.dumps(content)) == content
    assert content["name"] == "Lunch with Ana"
    assert content["services"][0]["categories"] == ["meals"]
    assert content["services"][0]["coverage"] == [{"reach": "distance", "miles": 8.0, "from": "BA2"}]
    assert content["services"][0]["availability"]["confirmed_on"] == "2026-03-03"


def test_numbers_prices_at_other_times_hours_and_accessibility_are_frozen(council):
    provider = make_provider(council)
    provider.identifiers.create(scheme="ico", value="ZA123456")
    service = make_service(provider, accessibility=["easy_read"])
    service.extras.create(extra_for="mileage", price_pence=45, price_unit="mile")
    service.weekly_hours.create(day="tue", starts_minute=840, ends_minute=1020)
    service.weekly_hours.create(day="tue", starts_minute=540, ends_minute=780)
    content = frozen_listing(provider)
    assert json.loads(json.dumps(content)) == content
    assert content["identifiers"] == [{"scheme": "ico", "value": "ZA123456"}]
    frozen = content["services"][0]
    assert frozen["extras"] == [{"for": "mileage", "price_pence": 45, "price_unit": "mile"}]
    assert frozen["hours"] == {"tue": [[540, 780], [840, 1020]]}
    assert frozen["accessibility"] == ["easy_read"]


def test_a_home_address_is_never_frozen_only_town_and_first_half_of_the_postcode(council):
    provider = make_provider(council)
    service = make_service(provider)
    comes_from(service, point=(375_123, 164_877))
    people_come_to(service, point=(375_123, 164_877), place="")
    text = json.dumps(frozen_listing(provider))
    assert "BA2 3AA" not in text
    assert "3AA" not in text
    assert "375123" not in text
    assert '"place": "Bath BA2"' in text


def test_where_nothing_was_said_the_frozen_listing_says_not_known(council):
    provider = make_provider(council, people=None, base_postcode="")
    service = make_service(provider, price_pence=None, price_unit="")
    goes_anywhere_in(service, council=council)
    goes_anywhere_in(service, district=make_district("E06000099", council))
    comes_from(service)
    frozen = frozen_listing(provider)["services"][0]
    assert frozen["availability"]["space"] == "not_known"
    assert frozen["price_pence"] is None
    assert {"reach": "area", "code": "E06000022", "name": council.name} in frozen["coverage"]
    assert {"reach": "area", "code": "E06000099", "name": "E06000099"} in frozen["coverage"]
    assert {"reach": "distance", "miles": 5.0, "from": "Bath"} in frozen["coverage"]
