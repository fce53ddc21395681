import pytest

from providers.meaning.model import SWITCHED_OFF


@pytest.fixture(autouse=True)
def with_the_sentence_model(monkeypatch):
    monkeypatch.delenv(SWITCHED_OFF, raising=False)
