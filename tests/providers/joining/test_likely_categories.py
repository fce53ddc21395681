import datetime

import pytest

from providers.joining.forms.service import ServiceForm

pytestmark = pytest.mark.django_db
SAID = {"name": "Mow and go", "description": "I mow lawns and trim hedges for pensioners.", "delivery": ["at_home"]}


def form(**more):
    return ServiceForm(SAID | more, said=None, today=datetime.date(2026, 3, 3))


def groups(form):
    return [str(name) for name, _terms in form.fields["categories"].choices]


def test_whoever_ticks_nothing_is_first_shown_what_their_own_words_sound_like():
    asked = form(categories=[])
    name, terms = asked.fields["categories"].choices[0]
    assert str(name) == "Likely, from what you wrote"
    assert ("gardening", "Gardening") in [(str(code), str(label)) for code, label in terms]
    assert str(asked["categories"]).count('value="gardening"') == 1
    assert '<details class="govuk-details" open>' in str(asked["categories"]).split("</summary>")[0]
    assert "categories" in asked.errors


def test_what_was_ticked_is_left_as_it_is():
    asked = form(categories=["gardening"])
    assert "Likely, from what you wrote" not in groups(asked)
    assert "categories" not in asked.errors


def test_words_that_say_nothing_suggest_nothing():
    assert "Likely, from what you wrote" not in groups(form(name="Acme", description="Quality since 1999"))
    assert "Likely, from what you wrote" not in groups(ServiceForm(said=None, today=datetime.date(2026, 3, 3)))
