import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection

from providers.listings.asking import need_of
from providers.listings.known import areas
from providers.listings.places import HELD, ORDINARY, placed
from providers.listings.search import Question, ask
from providers.models import Listing
from registry.models import Council
from tests.providers.listings.makers import (
    Spot,
    comes_from,
    goes_anywhere_in,
    listed,
    make_category,
    make_provider,
    make_service,
)

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 10)
TROWBRIDGE = (385_400, 157_600)


@pytest.fixture
def register(council, postcodes):
    """Cleaners in Keynsham, in Bradford on Avon, all over Wiltshire and in Bath."""
    cleaning = make_category("cleaning", "Cleaning", ["cleaner", "hoover"])
    neighbour = Council.objects.get(name="Wiltshire")

    def lists(name, town, home, *, point=None):
        provider = make_provider(home, name, slug=name.split()[0].lower(), town=town)
        service = make_service(provider, "Visits", [cleaning])
        if point:
            comes_from(service, point, miles=3)
        else:
            goes_anywhere_in(service, council=home)
        listed(provider)

    lists("Kim cleans", "Keynsham", council, point=(365_400, 168_000))
    lists("Bo cleans", "Bradford-on-Avon", neighbour, point=(382_700, 160_900))
    lists("Will cleans", "Devizes", neighbour)
    lists("Abbey cleans", "Bath", council, point=(375_100, 164_800))


def found(text, **where):
    hits = ask(Question(need_of(text), TODAY, **where)).hits
    names = dict(Listing.objects.values_list("pk", "provider_name"))
    return {names[hit.listing_id] for hit in hits}


def places(text):
    return list(need_of(text).codes("place"))


@pytest.mark.parametrize(
    ("said", "code", "who"),
    [
        ("cleaner in Keynsham", "Keynsham", {"Kim cleans"}),
        ("cleaner near keynsham please", "Keynsham", {"Kim cleans"}),
        ("cleaner Keynsham", "Keynsham", {"Kim cleans"}),
        ("Keynsham", "Keynsham", {"Kim cleans"}),
        ("someone from Bradford on Avon to clean", "Bradford on Avon", {"Bo cleans"}),
        ("cleaner, Bradford-on-Avon", "Bradford on Avon", {"Bo cleans"}),
        ("cleaner in Wiltshire", "Wiltshire", {"Will cleans", "Bo cleans"}),
        ("cleaner wiltshire council", "Wiltshire", {"Will cleans", "Bo cleans"}),
        ("cleaner around Bath", "Bath", {"Abbey cleans"}),
    ],
)
def test_a_place_that_the_words_name_narrows_a_search_without_one(register, said, code, who):
    assert places(said) == [code]
    assert found(said) == who


def test_a_council_by_its_long_name_or_short_is_one_place(register):
    for said in ("Bath and North East Somerset", "Bath & North East Somerset", "bath and north east somerset council"):
        assert places(f"cleaner in {said}") == ["Bath and North East Somerset"]
    assert places("befriending in Bristol") == places("befriending Bristol city council") == ["Bristol"]


def test_a_town_is_the_narrower_of_two_places(register):
    assert places("cleaner in Bradford on Avon, Wiltshire") == ["Bradford on Avon", "Wiltshire"]
    assert found("cleaner in Bradford on Avon, Wiltshire") == {"Bo cleans"}


@pytest.mark.parametrize(
    "said",
    [
        "help with a bath",
        "help in the bath",
        "bath",
        "help with reading",
        "somebody to make a sandwich",
        "shopping for Devizes",
        "my neighbour Keynsham",
        "Keynsham cleans windows",
        "cleaner in Nowheresham",
        "cleaner in",
        "in a home",
        "cleaner in 123",
        "a cleaner in March",
    ],
)
def test_what_may_be_something_else_is_no_place(register, said):
    assert places(said) == []


@pytest.mark.parametrize("said", sorted(ORDINARY & {"reading", "wells", "street", "rugby"}))
def test_a_town_that_is_an_ordinary_word_is_one_only_after_in(register, council, said):
    service = make_service(make_provider(council, "Somebody", slug="somebody", town=said.title()))
    comes_from(service)
    listed(service.provider)
    assert places(f"help with {said}") == []
    assert [place.casefold() for place in places(f"cleaner in {said}")] == [said]


def test_a_name_of_a_place_need_not_stand_in_the_text(register):
    need = need_of("cleaner in Keynsham")
    assert need.words == "cleaner"
    assert need.text == "cleaner in Keynsham"
    assert need.categories == need_of("cleaner").categories


def test_a_place_that_is_no_place_to_the_reader_is_a_word_again(register):
    need = need_of("cleaner in Keynsham", frozenset({"place:Keynsham"}))
    assert need.codes("place") == ()
    assert need.words == "cleaner keynsham"
    assert len(found("cleaner")) == 4


def test_where_a_postcode_or_an_area_says_where_a_name_does_not(register):
    need = need_of("cleaner in Keynsham")
    assert placed(Question(need, TODAY, Spot())).towns == ()
    assert placed(Question(need, TODAY, area=("E06000054",))).towns == ()
    assert found("cleaner in Keynsham", spot=Spot(*TROWBRIDGE, "E06000054")) == {"Bo cleans", "Will cleans"}


def test_the_page_says_the_place_and_lets_it_be_left_out(register, client):
    page = BeautifulSoup(client.get("/find/", {"need": "Keynsham", "postcode": "BA1 1LZ"}).content, "html.parser")
    assert " ".join(page.select_one("#understood").get_text().split()) == "Showing help in Keynsham."
    off = page.select_one(".nh-chip")["href"]
    page = BeautifulSoup(client.get(f"/find/{off}").content, "html.parser")
    assert "in Keynsham" in page.select_one(".nh-chip--out").get_text()


def test_api_and_feed_are_narrowed_and_say_so(register, client):
    answer = client.get("/api/services/", {"need": "cleaner in Keynsham", "fields": "minimal"}).json()
    assert [row["provider_name"] for row in answer["results"]] == ["Kim cleans"]
    assert {"name": "place:Keynsham", "kind": "place", "code": "Keynsham", "weight": 1.0} in answer["understood"][
        "meanings"
    ]
    feed = client.get("/open-referral/v3/services", {"search": "cleaner in Keynsham"}).json()
    assert [row["organization"]["name"] for row in feed["contents"]] == ["Kim cleans"]


def test_nobody_found_in_a_place_is_said_and_the_place_can_be_switched_off(register, client):
    asked = {"need": "cleaner in Edinburgh", "fields": "minimal"}
    answer = client.get("/api/services/", asked).json()
    assert answer["count"] == 0
    assert "place:Edinburgh" in [meaning["name"] for meaning in answer["understood"]["meanings"]]
    assert client.get("/api/services/", {**asked, "off": "place:Edinburgh"}).json()["count"] == 4
    # A feed has nothing to switch: who asks it in words is told of those elsewhere, whatever else is asked.
    for more in ({}, {"modified_after": "2020-01-01T00:00:00Z"}):
        feed = client.get("/open-referral/v3/services", {"search": "cleaner in Edinburgh", **more}).json()
        assert feed["total_items"] == 4


def test_rule_06_a_town_is_found_once_it_is_approved_and_gone_with_who_leaves(register, council):
    provider = Listing.objects.get(provider_name="Kim cleans").provider
    provider.town = "Saltford"
    provider.save()
    assert places("cleaner in Saltford") == []
    listed(provider)
    assert places("cleaner in Saltford") == ["Saltford"]
    assert places("cleaner in Keynsham") == []


def test_no_town_is_looked_for_in_a_whole_table(register):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {HELD}", [["'=tkeynsham'"]])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Bitmap Index Scan on search_words" in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize(
    "said", ["in " * 66, "near " + "x" * 190, "in '\\:*&|!<-> near", "in Kéynsham", "in £££", "at from in near around"]
)
def test_nonsense_names_no_place_or_the_one_that_was_meant(register, said):
    assert places(said[:200]) in ([], ["Keynsham"])


def test_many_places_cost_one_question(register, django_assert_max_num_queries):
    areas()
    with django_assert_max_num_queries(5):
        assert len(places("cleaner in Keynsham, in Wiltshire, in Devizes")) == 3
    assert len(places("cleaner in Keynsham, in Wiltshire, in Devizes, in Bath, in Bristol")) == 3
