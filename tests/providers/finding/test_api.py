import json

import pytest
from django.core.cache import cache
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from providers.finding.api import PerMinute
from tests.providers.listings.makers import comes_from, listed, make_provider, make_service

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
    assert service["provider_url"] == "http://testserver/providers/lunch-with-ana/"
    assert "BA2 3AA" not in answer.content.decode()


def test_rule_14_nothing_is_null_or_empty(client, ana, roving):
    text = client.get("/api/services/").content.decode()
    assert "null" not in json.dumps(json.loads(text)["results"])
    assert '""' not in text
    assert "[]" not in text


def test_a_wrong_place_is_a_400_in_words_and_a_page_too_far_a_404(client, ana):
    answer = client.get("/api/services/", {"postcode": "BT1 1AA"})
    assert answer.status_code == 400
    assert "Northern Ireland" in answer.json()["postcode"][0]
    assert client.get("/api/services/", {"page": "9"}).status_code == 404


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


def test_the_vocabulary_is_published(client, db):
    terms = client.get("/api/categories/").json()
    assert {"cooking", "meals"} <= {term["code"] for term in terms}


def test_the_description_of_the_api_is_valid_and_raises_no_warning(client, db, capsys):
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    assert "Warning" not in capsys.readouterr().err
    names = {parameter["name"] for parameter in schema["paths"]["/api/services/"]["get"]["parameters"]}
    assert {"postcode", "need", "payer", "day", "space", "category", "page"} <= names
    assert client.get("/api/schema/").json()["info"]["title"] == "Nearhand"


def test_too_many_questions_are_asked_to_wait(client, ana, monkeypatch):
    monkeypatch.setattr(PerMinute, "rate", "2/min")
    assert [client.get("/api/categories/").status_code for _ in range(3)] == [200, 200, 429]


def test_the_api_is_only_read(client, ana):
    for address in ("/api/services/", "/api/categories/", "/api/schema/"):
        assert client.post(address).status_code == 405


def test_the_limit_counts_who_asks_and_not_what_a_header_says(client, ana, monkeypatch):
    monkeypatch.setattr(PerMinute, "rate", "2/min")
    answers = [client.get("/api/categories/", headers={"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
