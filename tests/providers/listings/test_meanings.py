import pytest

from providers.listings import meanings
from providers.listings.entries import refresh
from providers.listings.meanings import write_meanings, write_meanings_of_few
from providers.meaning.model import SWITCHED_OFF
from providers.models import SearchWords
from tests.providers.listings.makers import comes_from, listed, make_provider, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_service(council):
    provider = make_provider(council)
    comes_from(make_service(provider, "Grass", description="We mow the lawn."))
    listed(provider)
    return provider


@pytest.fixture
def with_the_model(monkeypatch):
    monkeypatch.delenv(SWITCHED_OFF, raising=False)


def vector():
    return SearchWords.objects.get().vector


def test_what_waits_is_read_once(one_service, with_the_model):
    assert vector() is None
    assert write_meanings() == 1
    assert vector() is not None
    assert write_meanings() == 0


def test_whoever_publishes_is_found_by_meaning_at_once(one_service, with_the_model):
    refresh(providers=[one_service.pk])
    assert vector() is not None


def test_what_was_read_with_an_older_vocabulary_is_read_again(one_service, with_the_model):
    SearchWords.objects.update(vector=b"old")
    assert write_meanings() == 1


def test_a_small_import_does_not_wait_and_a_large_one_does(one_service, with_the_model, monkeypatch):
    monkeypatch.setattr(meanings, "AT_ONCE", 0)
    assert write_meanings_of_few() == 0
    monkeypatch.setattr(meanings, "AT_ONCE", 1)
    assert write_meanings_of_few() == 1


def test_without_the_model_nothing_waits(one_service):
    assert write_meanings() == 0
    assert write_meanings(services=[]) == 0
