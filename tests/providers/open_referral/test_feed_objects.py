import datetime
import json
import math
import re

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.listings.actions import list_provider
from providers.models import DbsRecord, Listing, Service
from providers.open_referral import feed_attributes
from providers.open_referral.feed_entries import entries_of
from providers.open_referral.feed_ids import LINK, LOCATION, turned
from providers.open_referral.feed_objects import (
    link,
    middles_for,
    organization,
    service,
    whole_organization,
    whole_service,
)
from providers.open_referral.feed_terms import CHOICES, published, size_of, term
from registry.models import Outcode
from registry.places.grid import to_grid
from tests.providers.listings.makers import BATH_ABBEY, comes_from, has_space, listed, make_provider, make_service
from tests.providers.open_referral.conftest import seen
from tests.providers.open_referral.schemas import faults

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)


def entry_of(provider, today=None):
    ids = list(Listing.objects.filter(provider=provider).values_list("pk", flat=True))
    return entries_of(ids, today or timezone.localdate())[0]


def whole(provider, today=None):
    entry = entry_of(provider, today)
    return whole_service(entry, middles_for([entry]))


def said_of(told, taxonomy):
    return {
        row["taxonomy_term"]["name"]: row.get("value") for row in told["attributes"] if row["link_type"] == taxonomy
    }


def test_rule_14_whatever_is_said_or_not_the_form_is_the_standards_and_nothing_is_blank(telling, quiet, hall, garden):
    for provider in (telling, quiet, hall, garden):
        entry = entry_of(provider)
        assert faults("compiled/service_list.json", service(entry)) == []
        assert faults("compiled/service.json", whole_service(entry, middles_for([entry]))) == []
        assert faults("compiled/organization_list.json", organization(entry.content, entry.provider_id)) == []
        assert faults("compiled/organization.json", whole_organization([entry])) == []
        if entry.door:
            assert faults("compiled/service_at_location.json", link(entry, whole=True)) == []


def test_everything_that_was_said_can_be_read(telling, council, checker):
    seen(telling, council, checker, ends_on=datetime.date(2099, 1, 1))
    told = whole(telling)
    assert [(cost["option"], cost["amount"], cost["amount_description"]) for cost in told["cost_options"]] == [
        ("Usual price", 20.0, "an hour"),
        ("At weekends", 24.5, "an hour"),
    ]
    assert [(one["byday"], one["opens_at"], one["closes_at"]) for one in told["schedules"]] == [
        ("MO,TU", "09:00", "13:00"),
        ("MO,TU", "14:00", "17:00"),
        ("SA", "18:00", "23:59"),
    ]
    assert told["url"] == "http://127.0.0.1:8000/providers/wash-and-go/"
    assert [row["name"] for row in told["languages"]] == ["English", "Polish", "Elvish"]
    assert said_of(told, "language") == {"English": None, "Polish": None}
    assert [term("care", "cooking").told["name"]] == list(said_of(told, "care"))
    assert said_of(told, "client_group") == {"Older people": None, "People living with dementia": None}
    assert said_of(told, "payer") == {"The person or their family": None, "Direct payment": None}
    assert said_of(told, "delivery") == {"In your home": None}
    assert said_of(told, "accessibility") == {
        "Information in easy read": None,
        "A vehicle that takes a wheelchair": None,
    }
    assert said_of(told, "size") == {"Two to four people": "4"}
    assert said_of(told, "ownership") == {"Owned and run by its members": None, "Employs somebody": None}
    assert said_of(told, "legal_form") == {"Community interest company (CIC)": None}
    assert said_of(told, "source") == {"Registered by the provider": "This register"}
    assert "Space now" in said_of(told, "space")
    assert said_of(told, "regulation") == {"No personal care": "No personal care is part of this service."}
    company, ico = told["organization"]["organization_identifiers"]
    assert (company["identifier_scheme"], company["identifier"]) == ("GB-COH", "01234567")
    assert "identifier_scheme" not in ico
    assert told["organization"]["website"] == "https://wash.example/"
    assert "us@wash.example" not in json.dumps(told)


def test_rule_12_a_check_is_told_with_council_and_day_and_that_it_recommends_nobody(telling, council, checker):
    seen(telling, council, checker)
    told = whole(telling)
    (sentence,) = said_of(told, "check").values()
    assert council.name in sentence
    assert told["accreditations"] == f"{sentence}. A check is not a recommendation."
    assert said_of(told["organization"], "check") == said_of(told, "check")


def test_rule_05_a_check_is_gone_from_the_first_second_of_the_next_day_and_that_is_a_change(telling, council, checker):
    last = timezone.localdate() + datetime.timedelta(days=3)
    seen(telling, council, checker, ends_on=last)
    before, after = entry_of(telling, last), entry_of(telling, last + datetime.timedelta(days=1))
    assert "accreditations" in service(before)
    assert "accreditations" not in service(after)
    assert "check" not in {row["link_type"] for row in feed_attributes.of_service(after)}
    assert before.changed_at < after.changed_at
    assert timezone.localtime(after.changed_at).date() == last + datetime.timedelta(days=1)


def test_rule_01_a_dbs_certificate_is_told_only_with_the_providers_own_yes(telling, council, checker):
    record = DbsRecord.objects.create(
        provider=telling,
        level="enhanced",
        issued_on=TODAY - datetime.timedelta(days=40),
        last_four="7777",
        seen_for=council,
        seen_by=checker,
        seen_on=TODAY,
        means="original",
    )
    assert "dbs" not in json.dumps(whole(telling)).lower()
    record.shown_publicly_since = timezone.now()
    record.save()
    told = whole(telling)
    assert list(said_of(told, "check")) == ["DBS certificate"]
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", json.dumps(told))  # an id is chance
    assert "7777" not in text
    assert "nhanced" not in text


def test_rule_10_a_home_has_the_middle_of_its_postcode_district_and_no_address(garden):
    outcode = Outcode.objects.get(pk="BA2")
    told = link(entry_of(garden), whole=True)["location"]
    assert "addresses" not in told
    assert told["name"] == "Bath BA2"
    east, north = to_grid(told["latitude"], told["longitude"])
    assert math.dist((east, north), (outcode.easting, outcode.northing)) < 2
    assert math.dist((east, north), BATH_ABBEY) > 100
    text = json.dumps(whole(garden))
    assert "4AA" not in text
    assert "service_areas" not in text


def test_rule_10_where_somebody_sets_out_from_is_drawn_around_the_middle_of_the_district(telling):
    outcode = Outcode.objects.get(pk="BA2")
    area = next(area for area in whole(telling)["service_areas"] if area.get("extent_type") == "geojson")
    ring = json.loads(area["extent"])["coordinates"][0]
    assert ring[0] == ring[-1]
    for longitude, latitude in ring:
        away = math.dist(to_grid(latitude, longitude), (outcode.easting, outcode.northing))
        assert abs(away - 5 * 1609.344) < 60
    assert area["name"] == "Travels up to 5 miles from BA2"


def test_without_a_known_district_the_distance_stands_in_words(council):
    provider = make_provider(council, base_postcode="ZZ9 9ZZ")
    comes_from(make_service(provider))
    listed(provider)
    (area,) = whole(provider)["service_areas"]
    assert (area["extent"], area["extent_type"]) == ("Travels up to 5 miles from ZZ9", "text")


def test_a_place_that_is_no_home_has_an_address(hall, telling):
    told = link(entry_of(hall), whole=True)["location"]
    (address,) = told["addresses"]
    assert (address["address_1"], address["postal_code"], address["country"]) == ("The Hall", "BA1 1LZ", "GB")
    assert address["state_province"] == "England"
    assert to_grid(told["latitude"], told["longitude"]) == BATH_ABBEY
    assert "addresses" not in link(entry_of(telling), whole=True)["location"]


def test_an_address_that_its_source_wrote_out_is_given_in_its_parts(hall):
    hall.services.get().coverage.update(place="The Hall, 3 High Street, Radstock, BA3 3AA", postcode="")
    list_provider(provider=hall, by=None, now=timezone.now())
    (address,) = link(entry_of(hall), whole=True)["location"]["addresses"]
    parts = (address["address_1"], address["city"], address["postal_code"])
    assert parts == ("The Hall, 3 High Street", "Radstock", "BA3 3AA")


def test_a_place_that_was_changed_and_not_approved_is_not_told(hall):
    hall.services.get().coverage.update(place="Another hall", easting=300_000)
    told = link(entry_of(hall), whole=True)["location"]
    assert "addresses" not in told
    assert "Another" not in json.dumps(told)


def test_an_area_is_named_by_its_code(quiet, council):
    (area,) = whole(quiet)["service_areas"]
    assert area["uri"] == f"http://statistics.data.gov.uk/id/statistical-geography/{council.pk}"


def test_who_is_away_says_so_until_the_day_and_nothing_after_it(council, postcodes):
    provider = make_provider(council)
    service_row = make_service(provider)
    comes_from(service_row)
    back = TODAY + datetime.timedelta(days=5)
    has_space(service_row, space="away", away_until=back, confirmed_on=TODAY)
    listed(provider)
    before, after = entry_of(provider, TODAY), entry_of(provider, back)
    assert service(before)["alert"] == "Away until 27 November 2026"
    assert "alert" not in service(after)
    assert feed_attributes.space_today(before) == "away"
    assert feed_attributes.space_today(after) == "not_known"


def test_an_old_confirmation_is_a_change_on_the_day_it_grows_old(council, postcodes):
    provider = make_provider(council)
    service_row = make_service(provider)
    comes_from(service_row)
    said_on = timezone.localdate()
    has_space(service_row, confirmed_on=said_on)
    listed(provider)
    good, old = said_on + datetime.timedelta(days=90), said_on + datetime.timedelta(days=91)
    assert entry_of(provider, good).changed_at < entry_of(provider, old).changed_at
    value = {day: said_of(whole(provider, day), "space")["Space now"] for day in (good, old)}
    assert "ask if that still holds" not in value[good]
    assert "ask if that still holds" in value[old]


def test_ids_of_link_and_location_turn_back_into_the_services():
    id = Service().pk
    assert turned(turned(id, LINK), LINK) == id == turned(turned(id, LOCATION), LOCATION)
    assert len({id, turned(id, LINK), turned(id, LOCATION)}) == 3
    assert turned(id, LINK).version == 4


def test_every_term_that_can_be_said_is_published_with_a_definition():
    for taxonomy in published().taxonomies.values():
        assert faults("taxonomy.json", taxonomy.told) == []
        assert taxonomy.terms
        for one in taxonomy.terms:
            assert faults("taxonomy_term.json", one.told) == []
    for taxonomy, choices in CHOICES.items():
        for code in set(choices.values) - {"unknown"}:
            assert term(taxonomy, code) is not None, (taxonomy, code)
    assert term("care", "home-care").told["term_uri"] == "http://id.esd.org.uk/service/242"
    assert [size_of(people) for people in (None, 1, 4, 9, 10)] == [
        "",
        "one",
        "two_to_four",
        "five_to_nine",
        "ten_or_more",
    ]


SPARSE = {
    "description": st.sampled_from(["", " \n ", "Help."]),
    "languages": st.sampled_from([[], ["Polish"], ["  "]]),
    "client_groups": st.sampled_from([[], ["older"]]),
    "delivery": st.sampled_from([[], ["remote"]]),
    "accessibility": st.sampled_from([[], ["parking"]]),
    "regulatory_basis": st.sampled_from(["not_known", "registered", "individual", "will_register", "exempt"]),
}
OF_PROVIDER = {
    "about": st.sampled_from(["", " ", "We help."]),
    "website": st.sampled_from(["", "https://a.example/"]),
    "town": st.sampled_from(["", "Bath"]),
    "base_postcode": st.sampled_from(["", "BA2 3AA", "ZZ1 1ZZ"]),
    "people": st.sampled_from([None, 1, 12]),
    "employs_anyone": st.sampled_from([None, True, False]),
    "run_by_members": st.sampled_from([None, True, False]),
    "source": st.sampled_from(["", "A list"]),
    "legal_form": st.sampled_from(["unknown", "company"]),
}


@settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    says=st.fixed_dictionaries(SPARSE),
    provider_says=st.fixed_dictionaries(OF_PROVIDER),
    days=st.sampled_from([(), ("tue",)]),
)
def test_rule_14_no_sparse_provider_brings_a_blank_into_the_feed(council, postcodes, says, provider_says, days):
    provider = make_provider(council, f"P {Service().pk}", **provider_says)
    made = make_service(provider, **says)
    comes_from(made)
    has_space(made, days=days, space="not_known", confirmed_on=None)
    listed(provider)
    assert faults("compiled/service.json", whole(provider)) == []
