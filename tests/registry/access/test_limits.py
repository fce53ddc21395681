import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from registry.access import limits
from registry.access.limits import may_ask, seconds_to_wait, seconds_to_wait_for

pytestmark = pytest.mark.django_db


def test_so_many_in_a_minute_and_no_more_each_person_for_themselves(checker, commissioner):
    asked = [may_ask(checker, "pdf", most=2) for _ in range(3)]
    assert asked == [True, True, False]
    assert may_ask(commissioner, "pdf", most=2)
    assert may_ask(checker, "other", most=2)


def test_a_count_that_ends_at_that_moment_stands_in_nobodys_way(checker, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *args: False)
    assert may_ask(checker, "pdf", most=0)


@pytest.fixture
def asks(rf):
    def ask(address="192.0.2.7", **options):
        request = rf.get("/", REMOTE_ADDR=address)
        return seconds_to_wait(request, "search", **{"most": 2, **options})

    return ask


@pytest.fixture
def half_a_minute_in():
    with time_machine.travel(datetime.datetime(2026, 3, 3, 12, 0, 30, tzinfo=datetime.UTC), tick=False):
        yield


def test_an_address_may_ask_so_often_and_is_told_how_long_to_wait(half_a_minute_in, asks):
    assert [asks() for _ in range(3)] == [0, 0, 30]
    assert asks("192.0.2.8") == 0


def test_what_is_not_whoever_asks_is_counted_by_itself(half_a_minute_in, asks):
    waits = [seconds_to_wait_for("ana@home.example", "search", most=1) for _ in range(2)]
    assert waits == [0, 30]
    assert seconds_to_wait_for("ben@home.example", "search", most=1) == 0
    assert asks() == 0


def test_the_next_minute_begins_anew(asks):
    noon = datetime.datetime(2026, 3, 3, 12, tzinfo=datetime.UTC)
    with time_machine.travel(noon, tick=False):
        assert [asks() for _ in range(3)] == [0, 0, 60]
    with time_machine.travel(noon + datetime.timedelta(minutes=1), tick=False):
        assert asks() == 0


def test_a_household_is_one_network_and_what_is_no_address_counts_as_itself(half_a_minute_in, asks):
    assert [asks("2001:db8::1"), asks("2001:db8::2"), asks("2001:db8::3")] == [0, 0, 30]
    assert asks("2001:db8:0:1::1") == 0
    assert [asks("unix:") for _ in range(3)] == [0, 0, 30]


def test_behind_our_proxy_its_own_word_counts_and_nobody_elses(half_a_minute_in, rf, settings):
    settings.BEHIND_PROXY = True
    said = ["192.0.2.1, 198.51.100.9", "192.0.2.2, 198.51.100.9", "198.51.100.9"]
    requests = [rf.get("/", headers={"X-Forwarded-For": words}) for words in said]
    assert [seconds_to_wait(request, "search", most=2) for request in requests] == [0, 0, 30]


def test_who_asks_seldom_never_reaches_the_shared_count(half_a_minute_in, asks, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [asks(most=100, told_each=10) for _ in range(9)] == [0] * 9
    asks(most=100, told_each=10)
    limits.forget()
    # Another process, which has counted nothing itself, learns of the ten when it tells its own.
    assert [asks(most=15, told_each=10) for _ in range(10)] == [0] * 9 + [30]


def test_one_process_keeps_only_so_many_addresses(half_a_minute_in, asks, monkeypatch):
    monkeypatch.setattr(limits, "MOST_KEPT", 3)
    for last in range(20):
        asks(f"192.0.2.{last}", told_each=5)
    assert len(limits._tallies) <= 3


def test_rule_11_the_shared_count_holds_no_address(half_a_minute_in, asks):
    asks("192.0.2.7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key || value, ' ') FROM registry_cache")
        assert "192.0.2.7" not in cursor.fetchone()[0]
