import pytest

from providers.listings import facets
from providers.listings.known import language_set, language_sets

pytestmark = pytest.mark.django_db


def test_every_facet_has_a_label_and_values_that_can_be_read():
    language_set(["Polish", " polish ", "Welsh"])
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
    first = language_set(["Urdu", "punjabi"])
    assert language_set(["PUNJABI", "Urdu", ""]) == first
    assert language_sets([first])[first] == ("punjabi", "urdu")
    assert language_set(["urdu", "Punjabi"]) == first
    assert language_set([" "]) is None
