import numpy as np
import pytest

from providers.meaning import model
from providers.meaning.wordpiece import END, START, UNKNOWN, pieces_of


@pytest.fixture
def without_the_package(monkeypatch):
    monkeypatch.setattr(model, "PACKAGE", "no_such_package")
    model._loaded.cache_clear()
    yield
    model._loaded.cache_clear()


def test_texts_of_one_meaning_are_near_each_other_and_others_are_not():
    said = ("a man is eating food", "someone eats a meal", "the dog barks")
    man, meal, dog = map(model.read(as_it_came=True).vector, said)
    assert float(man @ meal) > 0.7 > 0.2 > float(man @ dog)
    assert float(man @ meal) == pytest.approx(0.7498, abs=0.001), "weights or arithmetic have changed"


def test_it_was_taught_that_a_worry_belongs_to_the_service_that_answers_it():
    worry = "I need a night's sleep"
    right, *others = ("A carer sits up awake through the night", "Driving you to the hospital", "We sweep chimneys")

    def lead(sentences):
        asked = sentences.vector(worry)
        return float(asked @ sentences.vector(right)) - max(float(asked @ sentences.vector(other)) for other in others)

    assert lead(model.read()) > 0.15 > lead(model.read(as_it_came=True))


def test_a_vector_has_length_one_and_is_the_same_every_time():
    first = model.vector("someone to cook lunch")
    assert float(np.linalg.norm(first)) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(first, model.vector("someone to cook lunch"))


@pytest.mark.parametrize("text", ["", " ", "\x00", "\u4f60\u597d", "x" * 100_000, "word " * 5000, "\ud83d\ude00 ok"])
def test_any_text_at_all_has_a_vector(text):
    assert model.vector(text).shape == (model.LENGTH,)


def test_packing_into_bytes_loses_next_to_nothing():
    whole = model.vectors(["washing and dressing", "a lift to church"])
    stored = b"".join(model.packed(each) for each in whole)
    assert len(stored) == 2 * model.LENGTH
    rows = model.unpacked(stored)
    assert [float(row @ each) > 0.999 for row, each in zip(rows, whole, strict=True)] == [True, True]


def test_a_machine_may_do_without_it(monkeypatch):
    monkeypatch.setenv(model.SWITCHED_OFF, "1")
    assert model.vector("someone to cook lunch") is None


def test_without_the_package_there_is_none(without_the_package):
    assert model.vector("someone to cook lunch") is None
    assert model.parts_of_many([["someone", "to cook lunch"]]) is None
    assert not model.knows("lunch")
    assert model.vectors(["someone to cook lunch"]) is None


def test_words_are_cut_into_the_longest_known_pieces():
    known = {"care": 1, "##r": 2, "##rs": 3, "cafe": 4, "!": 5}
    assert pieces_of("Carers caf\u00e9!", known, 20) == [START, 1, 3, 4, 5, END]
    assert pieces_of("zzz " + "a" * 99, known, 20) == [START, UNKNOWN, UNKNOWN, END]
    assert pieces_of("care " * 50, known, 5) == [START, 1, 1, 1, END]
