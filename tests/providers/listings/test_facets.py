import pytest

from providers.listings import facets
from providers.listings.known import as_said, language_sets, numbers_of_languages

pytestmark = pytest.mark.django_db


def number_of(names):
    return numbers_of_languages([names]).get(tuple(as_said(names)))


def test_every_facet_has_a_label_and_values_that_can_be_read():
    number_of(["Polish", " polish ", "Welsh"])
    assert set(facets.LABELS) == set(facets.NAMES)
    for name in facets.NAMES:
        assert all(str(words) for _value, words in facets.choices(name)), name
    assert facets.choices("language") == [("polish", "Polish"), ("welsh", "Welsh")]
    assert facets.label("day", "tue") == "Tuesday"
    assert facets.label("check", "dbs") == "DBS check"
    assert facets.label("language", "irish sign language") == "Irish Sign Language"


def test_a_group_means_itself_and_its_terms():
    assert facets.terms_of(["dementia"])[0] == "dementia"
    assert len(facets.terms_of(["dementia"])) > 1
    assert facets.terms_of(["no-such"]) == ("no-such",)


def test_a_set_of_languages_is_one_row_however_it_is_said():
    first = number_of(["Urdu", "punjabi"])
    assert number_of(["PUNJABI", "Urdu", ""]) == first
    assert language_sets([first])[first] == ("punjabi", "urdu")
    assert number_of(["urdu", "Punjabi"]) == first
    assert number_of([" "]) is None
