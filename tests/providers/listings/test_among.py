import datetime

import pytest

from providers.listings.among import facets_among, missed_by
from providers.listings.search import LOOKED_AT, Question, ask
from providers.meaning.needs import Need
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 21)


@pytest.fixture
def some(council, postcodes):
    """One who works on Tuesdays for private payers, one on Fridays for the council."""
    made = []
    for name, days, payers in (("Ana", ["tue"], ["private"]), ("Ben", ["fri"], ["council"])):
        provider = make_provider(council, name)
        service = make_service(provider, payers=payers, categories=["cooking"])
        comes_from(service)
        has_space(service, days=days)
        listed(provider)
        made.append(service.pk)
    return made


def asked(**chosen):
    return Question(Need.nothing(), TODAY, chosen=chosen, outcodes=("BA1",))


def test_each_choice_that_a_service_misses_is_a_bit(some):
    ana, ben = some
    question = asked(day=("tue",), payer=("council",))
    assert missed_by(question, some) == {ana: 0b10, ben: 0b01}
    assert missed_by(asked(), some) == {ana: 0, ben: 0}


def test_facets_are_counted_among_these_alone(some):
    _ana, ben = some
    assert facets_among(asked(), some)["day"] == {"tue": 1, "fri": 1}
    assert facets_among(asked(), [ben])["day"] == {"fri": 1}
    assert facets_among(asked(payer=("private",)), some)["day"] == {"tue": 1}
    assert facets_among(asked(payer=("private",)), some)["payer"] == {"private": 1, "council": 1}
    assert facets_among(asked(), [])["day"] == {}


def test_outcodes_are_reached_and_others_are_not(some):
    assert ask(asked()).total == 2
    assert ask(Question(Need.nothing(), TODAY, outcodes=("SN1",))).total == 0
    assert ask(Question(Need.nothing(), TODAY, outcodes=("ZZ9",))).total == 0


def test_what_was_chosen_narrows_an_area_that_holds_too_many(some, monkeypatch):
    monkeypatch.setattr("providers.listings.search.LOOKED_AT", 1)
    monkeypatch.setattr("providers.listings.statement.LOOKED_AT", 1)
    assert LOOKED_AT > 1
    assert not ask(asked()).total_is_exact
    narrowed = ask(asked(day=("fri",)))
    assert (narrowed.total, narrowed.total_is_exact) == (1, True)
