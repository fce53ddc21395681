import gzip
import json
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from providers.listings.actions import leave_open_feed, return_to_open_feed
from registry.models import AuditEvent
from tests.providers.listings.makers import (
    comes_from,
    goes_anywhere_in,
    has_space,
    listed,
    make_provider,
    make_service,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def test_the_search_answers_in_json_with_the_same_words_as_the_page(client, ana, roving):
    answer = client.get("/api/services/", {"postcode": "BA1 1LZ", "need": "cook lunch"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "private" in answer["Cache-Control"]
    body = answer.json()
    assert body["count"] == 1
    service = body["results"][0]
    assert service["why"] == ["Comes to BA1: up to 5 miles from BA2, less than a mile away"]
    assert service["price"] == "£20 an hour"
    assert service["provider_url"] == "http://127.0.0.1:8000/providers/lunch-with-ana/"
    assert "BA2 3AA" not in answer.content.decode()


def test_rule_14_nothing_is_null_or_empty(client, ana, roving):
    text = client.get("/api/services/").content.decode()
    assert "null" not in json.dumps(json.loads(text)["results"])
    assert '""' not in text
    assert "[]" not in text


def test_a_place_that_is_none_and_a_page_too_far_are_a_404_in_words(client, ana):
    answer = client.get("/api/services/", {"postcode": "BT1 1AA"})
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("#problem-unknown-place")
    assert "Northern Ireland" in answer.json()["detail"]
    for asked in ({"page": "9"}, {"page": "10000", "per_page": "100"}):
        assert client.get("/api/services/", asked).status_code == 404


def test_one_service_is_given_by_its_id_while_it_is_listed(client, ana):
    service = ana.services.get()
    body = client.get(f"/api/services/{service.pk}/").json()
    assert body["why"] == ["Travels up to 5 miles from BA2"]
    ana.listings.all().delete()
    assert client.get(f"/api/services/{service.pk}/").status_code == 404


def test_pages_can_be_asked_for_by_size(client, council):
    provider = make_provider(council)
    for number in range(3):
        comes_from(make_service(provider, f"Service {number}"))
    listed(provider)
    body = client.get("/api/services/", {"per_page": "2"}).json()
    assert (body["count"], len(body["results"])) == (3, 2)


SCHEMA = Path(__file__).parents[2] / "data/open_referral_uk_3.0_service.json.gz"
WEEK = {"mon": [(540, 780), (840, 1020)], "tue": [(540, 780), (840, 1020)], "sat": [(1080, 1440)]}


@pytest.fixture
def telling(council, postcodes):
    """Says everything that there is to say."""
    provider = make_provider(council, "Wash and go", legal_form="cic", about="We are four sisters.")
    provider.identifiers.create(scheme="company", value="01234567")
    provider.identifiers.create(scheme="ico", value="ZA123456")
    service = make_service(
        provider, "Outings", languages=["English", "Polish"], accessibility=["easy_read", "wheelchair_car"]
    )
    comes_from(service)
    has_space(service, parts=["morning"])
    service.extras.create(extra_for="weekend", price_pence=2450, price_unit="hour")
    for day, spans in WEEK.items():
        for start, end in spans:
            service.weekly_hours.create(day=day, starts_minute=start, ends_minute=end)
    listed(provider)
    return provider


def test_what_the_feed_says_is_in_the_form_of_open_referral_uk(client, ana, roving, telling):
    checker = Draft202012Validator(json.loads(gzip.decompress(SCHEMA.read_bytes())), format_checker=FormatChecker())
    rows = client.get("/api/services/").json()["results"]
    assert len(rows) == 3
    assert [fault.message for row in rows for fault in checker.iter_errors(row)] == []


def test_prices_hours_languages_accessibility_and_numbers_are_in_the_feed(client, telling):
    row = client.get("/api/services/").json()["results"][0]
    assert [(cost["option"], cost["amount"], cost["amount_description"]) for cost in row["cost_options"]] == [
        ("Usual price", 20.0, "an hour"),
        ("At weekends", 24.5, "an hour"),
    ]
    assert [(one["byday"], one["opens_at"], one["closes_at"]) for one in row["schedules"]] == [
        ("MO,TU", "09:00", "13:00"),
        ("MO,TU", "14:00", "17:00"),
        ("SA", "18:00", "23:59"),
    ]
    assert [spoken["name"] for spoken in row["languages"]] == ["English", "Polish"]
    assert [help["description"] for help in row["accessibility"]] == [
        "Information in easy read",
        "A vehicle that takes a wheelchair",
    ]
    company, ico = row["organization"]["organization_identifiers"]
    assert (company["identifier_scheme"], company["identifier"]) == ("GB-COH", "01234567")
    assert (ico["identifier_type"], "identifier_scheme" in ico) == ("ICO registration number", False)
    assert row["organization"]["description"] == "We are four sisters."


def test_without_hours_the_feed_says_the_days_and_without_days_nothing(client, ana, roving):
    said = {row["name"]: row for row in client.get("/api/services/").json()["results"]}
    (tuesdays,) = said["Lunch at home"]["schedules"]
    assert (tuesdays["byday"], tuesdays["description"], "opens_at" in tuesdays) == ("TU", "Tuesday", False)
    assert "schedules" not in said["Gardens"]
    assert "cost_options" not in said["Gardens"]
    assert said["Gardens"]["organization"]["description"] == "Sole trader, Bath BA2"


def test_parts_of_a_day_without_days_are_said_in_words(client, council, postcodes):
    service = make_service(make_provider(council, legal_form="unknown", town="", base_postcode=""))
    goes_anywhere_in(service, council=council)
    has_space(service, days=(), parts=["evening"])
    listed(service.provider)
    row = client.get("/api/services/").json()["results"][0]
    assert (row["schedules"][0]["description"], "byday" in row["schedules"][0]) == ("evenings", False)
    assert row["organization"]["description"] == "Care and support"


def test_ids_stay_the_same_from_answer_to_answer(client, telling):
    assert client.get("/api/services/").json() == client.get("/api/services/").json()


def test_a_version_frozen_before_there_were_such_facts_is_still_read(client, telling):
    version = telling.versions.get()
    del version.content["identifiers"]
    for fact in ("extras", "hours", "accessibility"):
        del version.content["services"][0][fact]
    version.save()
    row = client.get("/api/services/").json()["results"][0]
    assert len(row["cost_options"]) == 1
    assert "accessibility" not in row
    assert client.get("/providers/wash-and-go/").status_code == 200


def test_who_stays_out_of_the_feed_is_gone_from_it_at_once_and_still_found_by_families(client, ana, provider_user):
    service = ana.services.get()
    leave_open_feed(provider=ana, by=provider_user, now=timezone.now())
    since = ana.out_of_feed_since
    assert client.get("/api/services/").json()["count"] == 0
    assert client.get(f"/api/services/{service.pk}/").status_code == 404
    assert "Lunch at home" in client.get("/find/", {"postcode": "BA1 1LZ"}).text
    leave_open_feed(provider=ana, by=provider_user, now=timezone.now())
    assert ana.out_of_feed_since == since
    return_to_open_feed(provider=ana, by=provider_user)
    return_to_open_feed(provider=ana, by=provider_user)
    assert client.get("/api/services/").json()["count"] == 1
    verbs = AuditEvent.objects.filter(verb__endswith="_feed").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["provider.left_feed", "provider.back_in_feed"]


def test_the_vocabulary_is_published(client, db):
    terms = client.get("/api/categories/").json()
    assert {"cooking", "meals"} <= {term["code"] for term in terms}


def test_the_api_is_only_read(client, ana):
    for address in ("/api/services/", "/api/categories/", "/api/schema/"):
        assert client.post(address).status_code == 405
