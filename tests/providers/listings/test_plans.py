"""No question reads the search tables from their start, however large they grow: what PostgreSQL plans is read here."""

import datetime
import re

import pytest
from django.db import connection

from providers.listings.search import Question, ask
from providers.meaning.needs import Meaning, Need
from tests.providers.listings.makers import BATH_ABBEY, Spot

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 10)
HERE = Spot()
ROWS = 20_000
# Strewn over Britain; one in ten goes by district, one in ten is gone to, every word is in some hundred texts.
FILL = f"""
SET LOCAL session_replication_role = replica;
INSERT INTO providers_searchrow (service_id, in_open_feed, categories_low, categories_high, facts, signature_1,
    signature_2, signature_3, signature_4, easting, northing, reach, come_to_us, areas)
SELECT md5(n::text)::uuid, TRUE, 1::bigint << (n % 60)::int, 1::bigint << (n % 7)::int, n, -1, -1, -1, -1,
    200000 + n * 7919 % 400000, 100000 + n * 104729 % 800000,
    CASE WHEN n % 10 < 8 THEN circle(point(200000 + n * 7919 % 400000, 100000 + n * 104729 % 800000), 8000) END,
    CASE WHEN n % 10 = 8 THEN circle(point(200000 + n * 7919 % 400000, 100000 + n * 104729 % 800000), 24140) END,
    CASE WHEN n % 10 = 9 THEN ARRAY['E0600' || lpad((n % 9999)::text, 4, '0')] END
FROM generate_series(1, {ROWS}::bigint) AS n;
INSERT INTO providers_searchwords (service_id, words)
SELECT md5(n::text)::uuid, to_tsvector('english', 'lunch' || n % 200 || ' garden' || n % 199 || ' care')
    || array_to_tsvector(ARRAY['=c' || n % 60]) FROM generate_series(1, {ROWS}::bigint) AS n;
SET LOCAL session_replication_role = origin;
ANALYZE providers_searchrow;
ANALYZE providers_searchwords
"""
RARE = Need.as_typed("lunch7")
COMMON = Need.as_typed("care")
NEVER_TOGETHER = Need.as_typed("lunch7 garden9 care")
MEANT = Need((Meaning("category", "shopping"), Meaning("category", "cooking", 0.7)), words="lunch7")
NAMED = Need((Meaning("category", "shopping"),), words="lunch7 help", named=("lunch7",))
QUESTIONS = {
    "any help here": Question(Need.nothing(), TODAY, HERE),
    "a need here": Question(MEANT, TODAY, HERE),
    "words here": Question(RARE, TODAY, HERE),
    "choices here": Question(MEANT, TODAY, HERE, {"space": ("now",), "category": ("shopping",), "check": ("dbs",)}),
    "words near by": Question(COMMON, TODAY, HERE, within=10_000),
    "an area": Question(MEANT, TODAY, area=("E06000022",)),
    "any help anywhere": Question(Need.nothing(), TODAY),
    "a need anywhere": Question(MEANT, TODAY),
    "rare words anywhere": Question(RARE, TODAY),
    "common words anywhere": Question(COMMON, TODAY),
    "a need in a town": Question(MEANT, TODAY, towns=("Keynsham",)),
    "a name anywhere": Question(NAMED, TODAY),
    "words that never meet": Question(NEVER_TOGETHER, TODAY),
    "choices anywhere": Question(Need.nothing(), TODAY, None, {"client_group": ("older",), "space": ("now",)}),
}


@pytest.fixture
def register(postcodes):
    with connection.cursor() as cursor:
        cursor.execute(FILL)


def plans_of(question):
    """What PostgreSQL plans for each statement of a question that asks the search tables."""
    plans = []

    def explain(execute, sql, parameters, many, context):
        if "providers_search" in sql:
            with connection.connection.cursor() as cursor:
                plans.append("\n".join(line for (line,) in cursor.execute(f"EXPLAIN {sql}", parameters)))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(explain):
        ask(question)
    return plans


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_a_search_table_from_its_start(register, name):
    plans = plans_of(QUESTIONS[name])
    assert plans
    for plan in plans:
        assert not re.search(r"Seq Scan on providers_search", plan), plan


def test_what_reaches_a_door_is_read_from_three_indexes(register):
    (plan,) = plans_of(QUESTIONS["any help here"])
    assert all(index in plan for index in ("search_reach", "search_areas", "search_come_to_us")), plan


def test_a_question_here_reads_the_pages_of_what_is_near_and_no_others(register):
    (near,) = plans_of(QUESTIONS["any help here"])
    far = Spot(BATH_ABBEY[0] + 600_000, BATH_ABBEY[1] + 900_000, "E06009998")
    assert ask(Question(Need.nothing(), TODAY, far)).total <= 3
    assert "Bitmap Heap Scan on providers_searchrow" in near
