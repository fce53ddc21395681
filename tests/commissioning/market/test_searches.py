"""Searches that found nobody: whole months, to the nearest five, never of few."""

import datetime

import pytest
import time_machine
from django.db.models import Sum

from commissioning.market.gaps import kinds
from commissioning.market.invented import INVENTED, seed_searches
from commissioning.market.searches import period_of, searches
from providers.models import UnmetNeed
from registry.models import District

pytestmark = pytest.mark.django_db

PAGE = "/commissioning/market/E06000022/searches/"
TODAY = datetime.date(2026, 3, 3)
RECENT, EARLIER = datetime.date(2026, 2, 28), datetime.date(2025, 2, 28)


def said(times, *, category="cooking", day=RECENT, district="E06000022"):
    UnmetNeed.objects.create(district=District.objects.get(pk=district), category_id=category, day=day, times=times)


def found(council):
    return [(row.kind, row.times, row.before) for row in searches(council, period_of(TODAY))]


def test_a_period_is_twelve_whole_months_and_the_twelve_before():
    period = period_of(datetime.date(2028, 2, 29))
    assert (period.since, period.middle, period.until) == (
        datetime.date(2026, 2, 1),
        datetime.date(2027, 2, 1),
        datetime.date(2028, 2, 1),
    )


def test_searches_are_to_the_nearest_five_by_kind_and_year(council):
    said(4)
    said(9, day=datetime.date(2025, 3, 1))
    said(7, day=EARLIER)
    assert found(council) == [("Cooking at home", 15, 5)]


def test_fewer_than_five_are_not_told_nor_that_there_were_any(council):
    said(4)
    said(3, category="gardening", day=EARLIER)
    assert found(council) == []
    said(5, category="gardening")
    assert found(council) == [("Gardening", 5, None)]


def test_the_month_that_runs_and_what_is_older_do_not_count(council):
    said(50, day=TODAY)
    said(50, day=datetime.date(2024, 2, 29))
    assert found(council) == []


def test_another_councils_searches_are_its_own(council, other_council):
    said(50, district="E06000054")
    assert found(council) == []


@time_machine.travel(datetime.datetime(2026, 3, 3, 12, tzinfo=datetime.UTC))
def test_the_page_and_its_file_tell_of_them(as_commissioner, council):
    assert "Nothing has been searched for in vain" in as_commissioner.get(PAGE).content.decode()
    said(12, category=None)
    said(6)
    page = as_commissioner.get(PAGE).content.decode()
    assert "No kind of help that we know" in page
    assert "Fewer than 5" in page
    assert "March 2025 to February 2026, about" in page
    lines = as_commissioner.get(f"{PAGE[:-1]}.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        "No kind of help that we know,Bath and North East Somerset,10,Fewer than 5",
        "Cooking at home,Bath and North East Somerset,5,Fewer than 5",
    ]


def test_the_demonstration_has_searches_of_two_years_and_makes_them_once(council):
    made = seed_searches(TODAY)
    assert made == UnmetNeed.objects.aggregate(Sum("times"))["times__sum"]
    assert seed_searches(TODAY) == 0
    assert found(council) == [
        ("Respite care at home", 25, 10),
        ("", 10, 10),
        ("Travel training", 10, None),
    ]


def test_invented_searches_are_for_kinds_of_help_that_there_are():
    assert {code for wanted in INVENTED.values() for code in wanted if code} <= {term.code for term in kinds()}
