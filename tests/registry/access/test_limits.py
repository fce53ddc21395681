import pytest
from django.core.cache import cache

from registry.access.limits import may_ask

pytestmark = pytest.mark.django_db


def test_so_many_in_a_minute_and_no_more_each_person_for_themselves(checker, commissioner):
    asked = [may_ask(checker, "pdf", most=2) for _ in range(3)]
    assert asked == [True, True, False]
    assert may_ask(commissioner, "pdf", most=2)
    assert may_ask(checker, "other", most=2)


def test_a_count_that_ends_at_that_moment_stands_in_nobodys_way(checker, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *args: False)
    assert may_ask(checker, "pdf", most=0)
