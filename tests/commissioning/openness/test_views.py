import pytest
from bs4 import BeautifulSoup

from commissioning.law.governing import governing
from commissioning.models import Condition, Law
from commissioning.openness.figures import OpenField, openness_of
from commissioning.openness.flags import limit_words, limiting, limits
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.commissioning.openness.register import TODAY, make_register

pytestmark = pytest.mark.django_db


def figure_page(client, requirement):
    return client.get(f"/commissioning/requirements/{requirement.reference}/who-could-answer/")


def words_of(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def test_the_whole_picture_of_a_requirement(as_commissioner, requirement, field, commissioner):
    ask(commissioner, requirement, "first_aid", by_when="answer")
    words = words_of(figure_page(as_commissioner, requirement))
    assert "Of 3 small providers (up to 9 people) who could do the work none is known to be able to answer" in words
    assert "Stop asking for: First aid, when answering. 1 could answer instead of 0 (at most 3 instead of 0)." in words
    assert "“First aid, when answering”" in words
    assert "1: Lunches in the city 3 0 0 0" in words
    assert "Sole trader 1 0 0 0" in words
    assert "One person 1 0 0 0" in words
    assert "What is not known counts as not met in the first figure" in words


def test_rule_07_the_picture_names_nobody_and_excludes_nobody(as_commissioner, requirement, field):
    words = words_of(figure_page(as_commissioner, requirement)).lower()
    assert "exclude" not in words
    assert "ineligible" not in words
    assert "keeps nobody from answering" in words
    for provider in field.values():
        assert provider.name.lower() not in words


def test_a_requirement_without_lots_has_an_empty_picture(as_commissioner, commissioner, council):
    made = make_requirement(commissioner, council)
    words = words_of(figure_page(as_commissioner, made))
    assert "No provider of up to 9 people who could do this work is on the register." in words
    assert "Lot by lot" not in words


def test_a_requirement_that_asks_nothing_is_as_open_as_it_can_be(as_commissioner, commissioner, council, field):
    made = make_requirement(commissioner, council)
    add_lot(commissioner, made, "lunch-club", hours_per_week=None, outcodes=["BA1"])
    openness = openness_of(made, TODAY)
    assert (openness.capable, openness.could, openness.share) == (1, 1, 1.0)
    assert "No single change to what is asked would let more" in words_of(figure_page(as_commissioner, made))


def test_reading_takes_as_many_queries_for_20_as_for_10(
    requirement, council, commissioner, django_assert_num_queries, django_assert_max_num_queries
):
    ask(commissioner, requirement, "all_lots")
    make_register(council, 1, providers=10)
    with django_assert_max_num_queries(40) as few:
        OpenField.read(requirement, TODAY).openness()
    make_register(council, 2, providers=20, called="Another")
    with django_assert_num_queries(len(few.captured_queries)):
        assert len(OpenField.read(requirement, TODAY).suppliers) > 10


@pytest.mark.parametrize(
    ("kind", "by_when", "value_pence", "keys"),
    [
        ("public_liability", "answer", 2_400_000, ["insurance", "suitability-below"]),
        ("public_liability", "start", 2_400_000, []),
        ("public_liability", "answer", 90_000_000, ["insurance"]),
        ("audited_accounts", "start", 2_400_000, ["accounts", "suitability-below"]),
        ("audited_accounts", "start", 90_000_000, ["accounts"]),
        ("turnover", "start", 2_400_000, ["suitability-below"]),
        ("turnover", "start", 90_000_000, []),
        ("first_aid", "answer", 2_400_000, ["suitability-below"]),
        ("first_aid", "start", 2_400_000, []),
        ("all_lots", "answer", 2_400_000, []),
    ],
)
def test_what_the_law_of_england_limits(commissioner, council, kind, by_when, value_pence, keys):
    made = make_requirement(commissioner, council, value_pence=value_pence)
    law = governing(made, TODAY)
    condition = Condition(requirement=made, kind=kind, by_when=by_when)
    assert limiting(condition, law) == keys
    assert [row.key for row in limits(condition, law)] == keys


def test_what_people_buy_for_themselves_is_limited_by_no_procurement_law(commissioner, council):
    made = make_requirement(commissioner, council, buyer="individual")
    condition = Condition(requirement=made, kind="audited_accounts", by_when="answer")
    assert limits(condition, governing(made, TODAY)) == []


def test_a_limit_names_its_section_where_it_has_one():
    assert limit_words(Law(wording="Not so.", citation="Act, section 1")) == "Not so. (Act, section 1)"
    assert limit_words(Law(wording="Not so.")) == "Not so."
