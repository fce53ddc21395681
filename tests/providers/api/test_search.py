import datetime
from unittest.mock import patch

import pytest
from django.http import QueryDict
from django.utils import timezone

from providers.api.asked import read
from providers.api.facts import minimal_facts
from providers.api.near import nearest_postcode
from providers.finding.results import rows_of
from providers.listings.search import Question, ask
from providers.meaning.needs import Need
from providers.models import Listing, Provider
from providers.models.availability import Availability
from registry.database.time_limit import TookTooLong
from tests.providers.listings.makers import comes_from, listed, make_provider, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client):
    return lambda **asked: client.get("/api/services/", asked)


def names(answer):
    return [row["name"] for row in answer.json()["results"]]


def test_a_minimal_answer_says_who_by_which_way_and_how_far(search, ana, hall):
    body = search(postcode="BA1 1LZ", fields="minimal").json()
    first = body["results"][0]
    assert first == {
        "id": str(ana.services.get().pk),
        "name": "Lunch at home",
        "provider_id": str(ana.pk),
        "provider_name": "Lunch with Ana",
        "provider_url": "http://127.0.0.1:8000/providers/lunch-with-ana/",
        "ways": ["comes"],
        "miles_away": 0,
        "space_now": "now",
        "price_pence": 2000,
        "price_unit": "hour",
    }
    assert "facets" not in body
    assert body["place"]["postcode_district"] == "BA1"
    assert "BA1 1LZ" not in str({**body, "next": ""})


def test_a_minimal_answer_reads_no_version_and_asks_little(search, ana, hall, roving, django_assert_num_queries):
    search(postcode="BA1 1LZ", fields="minimal")
    # The postcode with its council; the limit of time; the question and its hits.
    with django_assert_num_queries(7):
        search(postcode="BA1 1LZ", fields="minimal")


@pytest.mark.parametrize("gone", ["suspended_at", "left_at"])
def test_who_goes_between_the_question_and_its_answer_is_not_in_it(ana, postcodes, checker, gone):
    today = timezone.localdate()
    hits = ask(Question(Need.nothing(), today)).hits
    assert [row["name"] for row in minimal_facts(hits, today)] == ["Lunch at home"]
    assert [row.provider_id for row in rows_of(hits)] == [ana.pk]
    Provider.every.update(**{gone: timezone.now()}, suspended_by=checker if gone == "suspended_at" else None)
    assert minimal_facts(hits, today) == rows_of(hits) == []


def test_who_was_away_until_a_day_that_is_past_may_be_back(search, ana):
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    Listing.objects.update(space="away", away_until=yesterday)
    assert search(fields="minimal").json()["results"][0]["space_now"] == "not_known"


def test_a_whole_answer_counts_by_facet_and_says_what_was_understood(search, ana, roving):
    body = search(postcode="BA1", need="cook lunch on tuesdays").json()
    assert body["facets"]["category"]["cooking"] == 1
    meant = {each["name"]: each for each in body["understood"]["meanings"]}
    assert "day:tue" in meant
    assert max(each["weight"] for each in meant.values()) == 1
    assert body["results"][0]["ways"] == ["comes"]
    assert "facets" not in search(facets="none").json()
    assert "facets" in search(fields="minimal", facets="all").json()


def test_a_meaning_is_switched_off_by_its_name(search, ana):
    names_ = [each["name"] for each in search(need="cook lunch").json()["understood"]["meanings"]]
    left = search(need="cook lunch", off=names_).json()["understood"]
    assert not set(names_) & {each["name"] for each in left.get("meanings", [])}


def test_facets_choose_any_of_one_and_all_of_several(search, ana, roving):
    assert len(names(search(category=["cooking", "gardening"]))) == 2
    assert names(search(category="cooking", space="now")) == ["Lunch at home"]
    assert names(search(category="gardening", space="now")) == []
    assert names(search(space="true")) == ["Lunch at home"]
    assert search(language="klingon").json()["count"] == 0


def test_words_as_typed_mean_nothing_else(search, ana):
    assert search(need="lunch", as_typed="on").json()["understood"] == {"words": "lunch"}
    assert search(need="lunch", as_typed="false").json()["understood"] != {"words": "lunch"}


def test_pages_lead_to_each_other_with_all_that_was_asked(client, search, council):
    provider = make_provider(council)
    for number in range(3):
        comes_from(make_service(provider, f"Service {number}"))
    listed(provider)
    first = search(per_page="2", fields="minimal").json()
    assert "previous" not in first
    last = client.get(first["next"].removeprefix("http://127.0.0.1:8000")).json()
    assert (last["page"], len(last["results"]), "next" in last) == (2, 1, False)
    assert "fields=minimal" in last["previous"]


def test_a_point_is_read_as_the_postcode_nearest_to_it(search, ana):
    abbey = nearest_postcode(51.381, -2.359)
    assert abbey.written in ("BA1 0GW", "BA1 1LZ")
    assert names(search(near="51.381,-2.359")) == ["Lunch at home"]
    for nowhere in ("48.85,2.35", "0,0", "99,-180", "56.0,3.0"):
        answer = search(near=nowhere)
        assert (answer.status_code, answer.json()["type"][-13:]) == (404, "unknown-place")


def test_rule_10_within_counts_whole_kilometres_and_distances_whole_miles(postcodes, search, hall):
    """Radstock is 11.3 km from the abbey."""
    assert read(QueryDict("postcode=BA1+1LZ&within=1")).within == 1000
    assert read(QueryDict("postcode=BA1+1LZ&within=10001")).within == 11_000
    assert read(QueryDict("within=1000")).within is None
    assert search(postcode="BA1 1LZ", within="11000").json()["count"] == 0
    assert search(postcode="BA1 1LZ", within="12000").json()["results"][0]["miles_away"] == 7


WRONG = {
    "need": ["x" * 201],
    "postcode": ["BA1", "BA2"],
    "near": ["here", "51.3", "51.381,-2.359 ", "\u0661,\u0662"],
    "within": ["0", "-1", "1e3", "9" * 30, ""],
    "page": ["0", "x", "10001", "\u0661", "1 "],
    "per_page": ["101", "0"],
    "as_typed": ["yes", ""],
    "fields": ["all"],
    "facets": ["some", ""],
    "category": ["nothing", "", "\x00"],
    "language": ["Polish", "x" * 41, "1"],
    "day": ["monday"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values[:]])
def test_what_cannot_be_used_is_a_400_that_names_it(search, db, name, value):
    value = WRONG["postcode"] if name == "postcode" else value
    answer = search(**{name: value})
    assert answer.status_code == 400
    assert {row["name"] for row in answer.json()["errors"]} == {name}


def test_a_thousand_facets_are_too_many_and_a_word_may_hold_anything(search, ana):
    assert search(day=["mon"] * 1000).status_code == 400
    assert search(off=["x"] * 500, need="\x00 lunch").status_code == 200
    assert search(postcode="\x00").status_code == 404
    assert search(postcode=" ").status_code == 200
    most = search(day=["mon"] * 1001)
    assert (most.status_code, most["Content-Type"]) == (400, "application/problem+json")


def test_what_takes_too_long_is_a_503_in_words(search, ana):
    with patch("providers.api.search_views.ask", side_effect=TookTooLong):
        answer = search()
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")


def test_a_search_is_kept_by_nobody(search, ana):
    answer = search()
    assert "no-store" in answer["Cache-Control"]
    assert "ETag" not in answer


def test_availability_has_a_row_for_the_search(ana):
    assert Availability.objects.get().space == "now"
