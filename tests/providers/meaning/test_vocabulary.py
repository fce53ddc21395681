from collections import Counter

import pytest

from providers.meaning.vocabulary import load, published, vocabulary
from providers.models import Category
from providers.models.category import Regulation

TERMS = {term.code: term for term in vocabulary().terms}

# Health and Social Care Act 2008 (Regulated Activities) Regulations 2014, Schedule 1 paragraph 1 and regulation 2.
NOT_REGULATED = [
    "cooking",
    "cleaning",
    "laundry",
    "shopping",
    "companionship",
    "befriending",
    "lifts",
    "appointment-escort",
    "gardening",
    "benefits-and-forms",
    "walking",
    "meals-delivered",
    "lunch-club",
    "sitting-service",
    "handyperson",
    "pet-care",
    "household-help",
    "telecare",
]
PERSONAL_CARE = [
    "washing-and-dressing",
    "eating-and-drinking",
    "toilet-and-continence",
    "medicines",
    "teeth-hair-skin-nails",
    "home-care",
    "night-care",
    "live-in-care",
    "end-of-life-care",
]


def test_every_code_is_used_once_and_is_an_address():
    counted = Counter(term.code for term in vocabulary().terms)
    assert max(counted.values()) == 1
    assert all(code.replace("-", "").isalpha() and code == code.lower() for code in counted)


def test_no_everyday_word_stands_in_two_places():
    counted = Counter(word for term in vocabulary().terms for word in term.everyday_words)
    assert [word for word, times in counted.items() if times > 1] == []


def test_names_are_used_once():
    assert len({term.name for term in vocabulary().terms}) == len(vocabulary().terms)


def test_there_are_two_levels_and_no_more():
    groups = {term.code for term in vocabulary().terms if term.is_group}
    assert all(term.parent in groups for term in vocabulary().terms if not term.is_group)
    assert 10 <= len(groups) <= 14
    assert 60 <= len(TERMS) - len(groups) <= 120


@pytest.mark.parametrize("code", TERMS)
def test_a_term_says_what_it_is_and_what_people_call_it(code):
    term = TERMS[code]
    assert term.definition.endswith(".")
    assert 20 <= len(term.definition) <= 200
    assert (5 if term.is_group else 10) <= len(term.everyday_words) <= 25
    assert all(word == word.strip().lower() and 2 <= len(word) <= 100 for word in term.everyday_words)
    assert term.regulation in Regulation.values


@pytest.mark.parametrize("code", NOT_REGULATED)
def test_everyday_help_is_not_regulated(code):
    assert TERMS[code].regulation == Regulation.NONE


@pytest.mark.parametrize("code", PERSONAL_CARE)
def test_hands_on_help_is_personal_care(code):
    assert TERMS[code].regulation == Regulation.PERSONAL_CARE


def test_care_homes_are_accommodation_and_nurses_are_nursing():
    assert TERMS["care-home"].regulation == TERMS["nursing-home"].regulation == Regulation.ACCOMMODATION
    assert TERMS["nursing"].regulation == Regulation.NURSING
    assert TERMS["children-sitters"].regulation == Regulation.CHILDCARE


def test_lga_numbers_stand_only_where_one_fits():
    numbers = {code: term.lga_number for code, term in TERMS.items() if term.lga_number}
    assert numbers["home-care"] == 242
    assert numbers["meals-delivered"] == 315
    assert set(numbers.values()) <= {242, 227, 225, 287, 315, 313, 229}


def test_the_migration_filled_the_table(db):
    assert Category.objects.count() == len(TERMS)
    assert Category.objects.terms().count() == len(TERMS) - Category.objects.groups().count()
    cooking = Category.objects.get(code="cooking")
    assert cooking.parent.code == "meals"
    assert "gran forgets to eat" in cooking.everyday_words
    assert cooking.vocabulary_version == vocabulary().version


def test_loading_twice_changes_nothing_and_mends_what_was_changed(db):
    Category.objects.filter(code="cooking").update(name="Wrong")
    assert load(Category) == load(Category) == len(TERMS)
    assert Category.objects.get(code="cooking").name == "Cooking at home"
    assert Category.objects.count() == len(TERMS)


def test_what_is_published_holds_nothing_empty():
    terms = published()["terms"]
    assert len(terms) == len(TERMS)
    assert all(value not in ("", None, []) for term in terms for value in term.values())
    by_code = {term["code"]: term for term in terms}
    assert "parent" not in by_code["meals"]
    assert "regulation" not in by_code["meals"]
    assert by_code["telecare"]["lga_service"] == "http://id.esd.org.uk/service/313"
