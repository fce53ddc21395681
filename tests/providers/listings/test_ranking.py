import uuid
from dataclasses import replace

import pytest

from providers.listings.ranking import Candidate, fits
from providers.meaning.model import SWITCHED_OFF
from providers.meaning.needs import Meaning, Need, understand
from providers.meaning.profile import profile_of


@pytest.fixture
def with_the_model(monkeypatch):
    monkeypatch.delenv(SWITCHED_OFF, raising=False)


def make(name, description, *, by="Somebody", categories=(), languages=(), meant=False):
    meaning = profile_of(name, description).stored() if meant else None
    text = f"{name}. {by}. {description}"
    return Candidate(uuid.uuid4(), f"{name} {by}", text, tuple(categories), tuple(languages), meaning)


def order(need, *candidates):
    scored = zip(fits(need, candidates), candidates, strict=True)
    return [candidate.text.split(".")[0] for _fit, candidate in sorted(scored, key=lambda pair: -pair[0])]


def test_nobody_is_put_in_no_order():
    assert fits(understand("cleaner"), []) == []


def test_other_words_for_the_same_help_come_first(with_the_model):
    nails = make("Nail visits", "I trim nails for those who cannot bend down.", meant=True)
    grass = make("Green fingers", "I mow lawns and trim hedges.", meant=True)
    assert order(understand("I can't get down to my feet any more"), grass, nails) == ["Nail visits", "Green fingers"]


def test_without_the_model_categories_and_words_do_it_alone():
    nails = make("Feet", "Nails trimmed.", categories=["foot-care"])
    grass = make("Grass", "Lawns mowed.", categories=["gardening"])
    assert order(understand("toenails cut"), grass, nails) == ["Feet", "Grass"]


def test_what_was_reckoned_with_another_vocabulary_is_left_aside(with_the_model):
    old = make("Feet", "Nails trimmed.", categories=["foot-care"], meant=True)
    stale = Candidate(old.key, old.name, old.text, old.categories, (), b"\0\0\0\0" + old.meaning[4:])
    assert 0 < fits(understand("toenails cut"), [stale])[0] != fits(understand("toenails cut"), [old])[0]


def test_a_language_who_should_come_and_faith_count():
    need = understand("Punjabi speaking lady to bath my mother")
    assert order(need, make("A", "Washing."), make("B", "Washing.", languages=["punjabi"])) == ["B", "A"]
    assert order(need, make("A", "Washing."), make("B", "Washing by a lady carer.")) == ["B", "A"]
    assert order(understand("halal dinners"), make("A", "Dinners."), make("B", "Halal dinners.")) == ["B", "A"]
    assert order(understand("help for a man with dementia"), make("A", "Help."), make("B", "Dementia help."))[0] == "B"


def test_a_word_of_a_name_asks_for_somebody_where_it_is_half_of_what_is_said():
    wheelie = make("Errands", "Shopping fetched.", by="Wheelie Good", categories=["shopping"])
    bins = make("Bins", "Bins put out and brought in.", categories=["household-help"])
    meant = (Meaning("category", "household-help"),)
    need = Need(meant, words="wheelie bins drag", asked="wheelie bins, can't drag them", named=("wheelie",))
    assert order(need, wheelie, bins) == ["Bins", "Errands"]
    assert order(replace(need, words="wheelie bins"), wheelie, bins) == ["Errands", "Bins"]


def test_what_is_not_wanted_comes_last():
    need = understand("nights away for me but he's not going in a care home")
    home = make("Home", "Nights.", categories=["care-home"])
    assert order(need, home, make("Sitter", "Nights.")) == ["Sitter", "Home"]


def test_somebody_asked_for_by_name_comes_first():
    known = make("Weekly clean", "Floors and beds.", by="Brenda's Mop and Bucket")
    other = make("Cleaner", "Mop, bucket and a smile.", categories=["cleaning"])
    assert order(understand("mop and bucket brenda"), other, known)[0] == "Weekly clean"


def test_words_that_are_no_words_put_nothing_in_order():
    assert fits(Need(asked="the", text="the"), [make("A", "Help.")]) == [0.0]
