"""How open requirements were when they were locked, and what share of awards went to micro-providers."""

import datetime

import pytest
from django.utils import timezone

from commissioning.market.past import awarded, by_year, readings
from commissioning.models import LotOutcome, Opportunity, Summary
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/commissioning/market/E06000022/openness/"


def test_a_reading_is_what_the_locked_facts_say(lock, council):
    (reading,) = readings(council)
    figure = lock.facts["openness"]["figure"]
    assert (reading.capable, reading.alone, reading.in_team) == (
        figure["capable"],
        figure["alone"],
        figure["in_team"],
    )
    assert reading.share == round(100 * figure["could"] / figure["capable"])
    assert reading.lots == 2
    assert reading.shut_lots == sum(not lot["groups"]["fits"] for lot in lock.facts["lots"])


def test_rule_09_a_locked_reading_stays_whatever_its_providers_do(lock, field, council):
    before = readings(council)
    for provider in field.values():
        provider.left_at = timezone.now()
        provider.save()
    assert readings(council) == before


def test_a_summary_that_has_ended_is_no_longer_read(lock, council):
    Summary.objects.update(ended_at=timezone.now(), facts={})
    assert readings(council) == []


@pytest.mark.parametrize(
    ("figure", "words"),
    [({"capable": 0, "alone": 0, "in_team": 0}, "Nobody does it"), ({}, "Not counted")],
)
def test_where_there_is_no_figure_the_page_says_so(lock, council, as_commissioner, figure, words):
    Summary.objects.update(facts={**lock.facts, "openness": {**lock.facts["openness"], "figure": figure}})
    (reading,) = readings(council)
    assert reading.share is None
    assert words in as_commissioner.get(PAGE).content.decode()


def test_the_page_and_its_file_say_the_same(lock, as_commissioner):
    page = as_commissioner.get(PAGE).content.decode()
    assert f"/commissioning/summaries/{lock.reference}/" in page
    said = as_commissioner.get(f"{PAGE[:-1]}.csv").content.decode("utf-8-sig").splitlines()
    assert said[1].startswith("Lunch and company in Bath,")


def test_another_councils_summaries_are_not_read(lock, other_council):
    assert readings(other_council) == []


def test_nothing_locked_and_nothing_awarded_is_said(as_commissioner, council):
    page = as_commissioner.get(PAGE).content.decode()
    assert "No summary has been locked yet." in page
    assert "No award has been recorded yet." in page


def test_shares_are_by_value_and_by_year_and_not_flattered():
    day = datetime.date(2026, 3, 3)
    this_year, last_year = by_year(
        [
            (day, True, 3_000_000),
            (day, False, 1_000_000),
            (day, None, 2_000_000),
            (datetime.date(2025, 3, 3), True, 500),
        ]
    )
    assert (this_year.year, this_year.contracts, this_year.value, this_year.share) == (2026, 3, 6_000_000, 50)
    assert (last_year.year, last_year.share) == (2025, 100)


def test_awards_are_those_of_the_councils_own_opportunities(requirement, commissioner, council, other_council, client):
    opportunity = Opportunity.objects.create(
        requirement=requirement,
        council=council,
        kind="sounding",
        closes_at=timezone.now(),
        published_by=commissioner,
    )
    facts = {"opportunity": opportunity, "decided_on": datetime.date(2026, 3, 3), "recorded_by": commissioner}
    LotOutcome.objects.create(
        **facts, lot_key=1, kind="awarded", supplier="Ana’s Kitchen", is_micro=True, value_pence=1_200_000
    )
    LotOutcome.objects.create(**facts, lot_key=2, kind="none_suitable")
    (year,) = awarded(council)
    assert (year.contracts, year.micro, year.share) == (1, 1_200_000, 100)
    assert awarded(other_council) == []
    page = sign_in(client, commissioner).get(PAGE).content.decode()
    assert "£12,000" in page
    said = client.get("/commissioning/market/E06000022/outcomes.csv").content.decode("utf-8-sig").splitlines()
    assert said[1] == '2026,1,"£12,000","£12,000",£0,£0,100%'
