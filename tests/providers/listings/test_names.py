import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.utils import timezone
from django.utils.text import slugify

from providers.listings.asking import need_of
from providers.listings.names import with_names
from providers.listings.search import Question, ask
from providers.meaning.model import SWITCHED_OFF
from providers.meaning.needs import understand
from providers.models import Listing
from tests.providers.listings.makers import (
    Spot,
    comes_from,
    has_space,
    listed,
    make_category,
    make_provider,
    make_service,
)

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def with_the_model(monkeypatch):
    monkeypatch.delenv(SWITCHED_OFF, raising=False)


@pytest.fixture
def register(council):
    """Three with names that are typed with slips, and one with none of their letters."""
    cleaning = make_category("cleaning", "Cleaning", ["cleaner", "hoover"])
    names = ("Haverfield Care", "Mop and Bucket", "Rosie's Home Help", "Lunch with Ana")
    for name in (*names, "Kowalska Nights", "Aardman and Kowalska", "Kowalska and Weir"):
        service = make_service(make_provider(council, name, slug=slugify(name)), name[:1], [cleaning])
        comes_from(service)
        has_space(service)
        listed(service.provider)


def test_a_slip_too_short_to_be_found_is_clear_beside_a_name(register):
    need = need_of("Kowalksa Wier")
    assert need.words == "kowalska weir"
    assert need.named == ("kowalska", "weir")
    assert need_of("Wier").named == ()


def test_a_whole_name_means_no_kind_of_help_by_chance(register):
    assert need_of("Aardmann and Kowalska").categories == ()
    assert need_of("Haverfild cleaning").categories[0] == "cleaning"
    assert "cooking" in need_of("Kowalska, to cook lunch").categories


def found(text, spot=None):
    hits = ask(Question(need_of(text), TODAY, spot)).hits
    names = dict(Listing.objects.values_list("pk", "provider_name"))
    return [names[hit.listing_id] for hit in hits]


SLIPS = [
    ("Haverfild", "Haverfield Care"),
    ("haverfeild care", "Haverfield Care"),
    ("Mop and Bukket", "Mop and Bucket"),
    ("Mop and Bucket", "Mop and Bucket"),
    ("Rosies Hom Help", "Rosie's Home Help"),
    ("Kowalksa Wier", "Kowalska and Weir"),
    ("a cleaner from Havrefield on Tuesdays", "Haverfield Care"),
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS)
@pytest.mark.parametrize("spot", [None, Spot()])
def test_a_name_with_slips_is_found_first(register, typed, meant, spot):
    assert found(typed, spot)[0] == meant


@pytest.mark.parametrize(("typed", "meant"), SLIPS[:4])
def test_names_need_no_sentence_model(register, monkeypatch, typed, meant):
    monkeypatch.setenv(SWITCHED_OFF, "1")
    assert found(typed)[0] == meant


@pytest.mark.parametrize(("typed", "meant"), SLIPS)
def test_page_api_and_feed_hear_the_same_name(register, client, postcodes, typed, meant):
    page = BeautifulSoup(client.get("/find/", {"need": typed, "postcode": "BA1 1LZ"}).content, "html.parser")
    assert meant in page.select_one(".nh-result").get_text()
    api = client.get("/api/services/", {"need": typed, "fields": "minimal"}).json()
    assert api["results"][0]["provider_name"] == meant
    feed = client.get("/open-referral/v3/services", {"search": typed}).json()
    assert feed["contents"][0]["organization"]["name"] == meant


def test_the_page_says_which_words_it_looked_for(register, client, postcodes):
    page = client.get("/find/", {"need": "Haverfild", "postcode": "BA1 1LZ"}).content.decode()
    assert "We looked for services that say “haverfield”" in page


def test_beside_what_it_understood_the_page_says_the_name(register, client, postcodes):
    asked = {"need": "a cleaner from Haverfild", "postcode": "BA1 1LZ"}
    page = client.get("/find/", asked).content.decode()
    assert "We also looked for the name “haverfield”." in page
    assert "the name" not in client.get("/find/", {**asked, "need": "a cleaner"}).content.decode()


def test_exactly_the_words_that_were_typed_are_not_mended(register, client):
    answer = client.get("/api/services/", {"need": "Haverfild", "as_typed": "true"}).json()
    assert answer["count"] == 0
    assert answer["understood"]["words"] == "Haverfild"


def test_the_name_of_whoever_was_suspended_is_nobodys(register, checker):
    suspended = Listing.objects.get(provider_name="Haverfield Care").provider
    suspended.suspended_at, suspended.suspended_by = timezone.now(), checker
    suspended.save()
    assert need_of("Haverfild").named == ()
    assert need_of("Haverfield").named == ()


@pytest.mark.parametrize(
    "typed",
    [
        "zzzzzzz",
        "bukket",  # an ordinary word was meant, and no other word of that name was typed
        "hvf",
        "kaverfield",
        "rosies2",
        "qwrtplk " * 25,
        "'" * 200,
        "%_\\" * 60,
        "haverfild|!&()*:" * 12,
    ],
)
def test_nonsense_names_nobody(register, typed):
    assert need_of(typed[:200]).named == () or "haver" in typed


def test_a_word_that_texts_hold_is_no_slip(register, council):
    service = make_service(make_provider(council, "Quiet", slug="q"), "Visits", description="Haverfielk dances.")
    comes_from(service)
    listed(service.provider)
    assert need_of("haverfielk").words == "haverfielk"
    assert need_of("haverfielk").named == ()


def test_words_that_everybody_knows_ask_the_register_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        with_names(understand("someone to cook lunch for my mum on Tuesdays"))


def test_many_strange_words_ask_no_more_than_one(register, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        with_names(understand(" ".join(f"xq{letter}zzv" for letter in "abcdefghijklmnopqrstuvw")))


ROWS = 20_000
FILL = f"""
SET LOCAL session_replication_role = replica;
INSERT INTO providers_listing (service_id, provider_id, version_id, name, provider_name, categories, client_groups,
    payers, days, space, price_unit, areas)
SELECT md5(n::text)::uuid, md5(n::text)::uuid, md5(n::text)::uuid, 'Visits', md5(n::text) || ' Help ' || md5(n || 'b'),
    '{{}}', '{{}}', '{{}}', '{{}}', 'now', '', '{{}}' FROM generate_series(1, {ROWS}) AS n;
INSERT INTO providers_searchwords (service_id, words)
SELECT md5(n::text)::uuid, to_tsvector('english', md5(n::text) || ' help') FROM generate_series(1, {ROWS}) AS n;
SET LOCAL session_replication_role = origin;
ANALYZE providers_listing;
ANALYZE providers_searchwords
"""


def test_no_name_is_looked_for_in_a_whole_table(register):
    with connection.cursor() as cursor:
        cursor.execute(FILL)
    plans = []

    def explain(execute, sql, parameters, many, context):
        if "said.word" in sql:
            with connection.connection.cursor() as cursor:
                plans.append("\n".join(line for (line,) in cursor.execute(f"EXPLAIN {sql}", parameters)))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(explain):
        assert need_of("haverfild").named == ("haverfield",)
    assert len(plans) == 2
    for plan in plans:
        assert not re.search(r"Seq Scan on providers_", plan), plan
    assert "listing_provider_name" in plans[1]
    assert "Index Scan using providers_listing_pkey" not in plans[1]
