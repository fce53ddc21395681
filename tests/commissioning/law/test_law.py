import datetime

import pytest

from commissioning.law.governing import checked_words, governing
from commissioning.law.loading import load_law
from commissioning.law.rules import Route, route
from commissioning.models import Law, Threshold
from registry.models import Council
from tests.commissioning.makers import make_requirement

SUMS = {"notifiable": 3_000_000, "light-touch": 66_354_000}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2_999_999, Route.BELOW_NOTIFIABLE),
        (3_000_000, Route.BELOW_THRESHOLD),
        (66_353_999, Route.BELOW_THRESHOLD),
        (66_354_000, Route.LIGHT_TOUCH),
    ],
)
def test_route_follows_from_the_value(value, expected):
    assert route(value, True, SUMS) is expected


def test_people_buying_for_themselves_is_no_procurement():
    assert route(99_999_999, False, SUMS) is Route.NOT_A_PROCUREMENT


def test_nation_without_sums_is_not_covered():
    assert route(1, True, {}) is Route.NOT_COVERED


@pytest.mark.django_db
def test_rule_08_sums_are_dated_rows_with_a_source():
    day = datetime.date(2026, 11, 21)
    rows = Threshold.objects.in_force("England", day)
    assert rows.get(key="goods-and-services").amount_pence == 20_772_000
    assert rows.get(key="light-touch").amount_pence == 66_354_000
    earlier = Threshold.objects.in_force("England", datetime.date(2025, 6, 1))
    assert earlier.get(key="goods-and-services").amount_pence == 21_490_400
    assert all(row.source and row.starts_on for row in Threshold.objects.all())


def test_rule_08_law_that_nobody_checked_says_so():
    first, later = datetime.date(2026, 3, 1), datetime.date(2026, 4, 1)
    assert "not all been checked" in checked_words([first, None])
    assert "not all been checked" in checked_words([])
    assert "on 1 March 2026" in checked_words([later, first])


@pytest.mark.django_db
def test_loading_the_law_again_changes_nothing():
    before = Law.objects.count(), Threshold.objects.count()
    load_law(Law, Threshold)
    assert (Law.objects.count(), Threshold.objects.count()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("nation", ["Scotland", "Wales", "Northern Ireland"])
def test_rule_08_outside_england_no_english_law_is_named(nation, commissioner):
    council = Council.objects.filter(nation=nation).first()
    made = make_requirement(commissioner, council)
    law = governing(made, datetime.date(2026, 11, 21))
    words = " ".join(f"{row.wording} {row.citation}" for row in law.sentences.values())
    assert law.route is Route.NOT_COVERED
    assert "not cover" in words
    for english in ("2023", "section", "UK4", "Care Quality Commission", "threshold", "£"):
        assert english not in words
