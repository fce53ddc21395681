"""Whatever is asked, a page comes, soon, and never too often for one address."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.finding import search
from providers.finding.asked import ASKED
from providers.listings import facets

ADDRESSES = ("/find/", "/find/map/", "/find/map/points.json")
# A page, or a refusal in words; nothing else is ever an answer.
ANSWERS = {200, 302, 400, 404}


@pytest.fixture
def no_count(settings):
    settings.SEARCHES_A_MINUTE = 0


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_who_asks_too_often_gets_a_plain_page_that_says_how_long_to_wait(client, ana, settings, address):
    settings.SEARCHES_A_MINUTE = 3
    answers = [client.get(address, {"postcode": "BA1 1LZ"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert "Too many searches at once" in answers[-1].content.decode()
    assert client.get(address, {"postcode": "BA1 1LZ"}, REMOTE_ADDR="192.0.2.1").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_question_that_takes_too_long_is_stopped_with_a_plain_page(client, ana, settings, monkeypatch, address):
    settings.SEARCH_MILLISECONDS = 50
    slow(monkeypatch)
    answer = client.get(address, {"postcode": "BA1 1LZ", "need": "Maggie cannot cook"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "That took too long" in answer.content.decode()
    assert "Maggie" not in answer.content.decode()
    monkeypatch.undo()
    assert client.get(address, {"postcode": "BA1 1LZ"}).status_code == 200


def slow(monkeypatch):
    """A database that has too much to do."""

    def ask_slowly(*args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(10)")

    monkeypatch.setattr(search, "ask", ask_slowly)


WRONG = {
    "long": ["x" * 10_000],
    "operators": ["cook & (lunch | !dinner) <-> :* \\ ' '' \" )))"],
    "wild": ["cook:* & lunch <2> dinner %s %(need)s {} $1"],
    "nul": ["cook\x00lunch"],
    "marks": ["\u202e\u200b\ufeff\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace")],
    "many": [f"value-{number}" for number in range(1000)],
    "far": [str(10**9)],
    "farther": ["9" * 5000],
    "below": ["-1"],
    "nothing": [""],
    "quotes": ["'; DROP TABLE providers_listing; --"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", WRONG, ids=str)
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_part_of_an_address_breaks_a_page(client, ana, no_count, address, wrong):
    for name in (*ASKED, "page", "radius", "district"):
        asked = {"postcode": "BA1 1LZ", "need": "cook", name: WRONG[wrong]}
        answer = client.get(address, asked)
        assert answer.status_code in ANSWERS, name
        assert len(answer.content) < 200_000


@pytest.mark.django_db
def test_every_value_of_every_facet_at_once_is_answered(client, ana, no_count):
    asked = {name: [value for value, _label in facets.choices(name)][:40] for name in facets.NAMES}
    assert client.get("/find/", {"postcode": "BA1 1LZ", **asked}).status_code == 200


@pytest.mark.django_db
def test_forty_of_a_facet_are_enough_and_more_are_refused_in_words(client, ana, no_count):
    asked = {"postcode": "BA1 1LZ", "language": [f"tongue {'x' * number}" for number in range(41)]}
    assert "Choose fewer of these" in client.get("/find/", asked).content.decode()


@pytest.mark.django_db
def test_bytes_that_are_no_text_are_a_page_too(client, ana, no_count):
    for raw in ("need=%FF%FE&postcode=BA1", "postcode=%C3%28", "%00=%00&postcode=BA1", "need=%ED%A0%80&postcode=BA1"):
        assert client.get(f"/find/?{raw}").status_code in ANSWERS


PIECES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["&", "|", "!", "<->", ":*", "(", ")", "'", '"', "\\", "\x00", "\ufffd", "%", "not ", "cook ", "BA1 1LZ"]
    ),
)
TYPED = st.lists(PIECES, max_size=12).map("".join)
QUERY = st.dictionaries(
    st.one_of(st.sampled_from([*ASKED, "page"]), st.text(max_size=8)), st.lists(TYPED, max_size=4), max_size=6
)


@pytest.mark.django_db
@pytest.mark.fuzz
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(query=QUERY, is_near=st.booleans())
def test_anything_at_all_gives_a_page(client, ana, no_count, query, is_near):
    asked = {**query, "postcode": "BA1 1LZ"} if is_near else query
    assert client.get("/find/", asked).status_code in ANSWERS
    assert connection.is_usable()
