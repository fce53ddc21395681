import pytest
from django import forms

from registry.places.forms import PostcodeField
from registry.places.lookup import PlaceProblem, look_up

pytestmark = pytest.mark.usefixtures("postcodes")


class WhereForm(forms.Form):
    postcode = PostcodeField()
    other = PostcodeField(required=False)


def test_what_was_typed_becomes_a_place():
    form = WhereForm({"postcode": "ba1 1lz"})
    assert form.is_valid()
    assert form.cleaned_data["postcode"].written == "BA1 1LZ"
    assert form.cleaned_data["other"] is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("", PlaceProblem.EMPTY), ("Bath", PlaceProblem.MALFORMED), ("BT1 5GS", PlaceProblem.NORTHERN_IRELAND)],
)
def test_the_error_says_how_to_mend_it_and_what_was_typed_stays(typed, problem):
    form = WhereForm({"postcode": typed})
    assert form.errors["postcode"] == [problem.message]
    assert form["postcode"].value() == typed


def test_a_place_as_first_value_shows_its_postcode():
    form = WhereForm(initial={"postcode": look_up("BA11LZ"), "other": "BA2"})
    assert 'value="BA1 1LZ"' in str(form["postcode"])
    assert 'value="BA2"' in str(form["other"])


def test_the_browser_may_fill_it():
    assert 'autocomplete="postal-code"' in str(WhereForm()["postcode"])
