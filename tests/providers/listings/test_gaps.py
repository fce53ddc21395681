import datetime

import pytest

from providers.listings.gaps import purge_gaps, record_gap
from providers.models import UnmetNeed
from registry.models import District

pytestmark = pytest.mark.django_db

BATH = "E06000022"
TODAY = datetime.date(2026, 3, 3)


def rows():
    return list(UnmetNeed.objects.order_by("category").values_list("category", "district", "day", "times"))


def test_a_gap_is_a_kind_of_help_a_district_and_a_day(council):
    assert record_gap(categories=["cooking", "shopping"], district=BATH, today=TODAY) == 2
    assert rows() == [("cooking", BATH, TODAY, 1), ("shopping", BATH, TODAY, 1)]
    fields = {field.name for field in UnmetNeed._meta.get_fields()}
    assert fields == {"id", "category", "district", "day", "times"}


def test_the_same_gap_on_the_same_day_is_one_row(council):
    for day in (TODAY, TODAY, TODAY + datetime.timedelta(days=1)):
        record_gap(categories=["cooking"], district=BATH, today=day)
    assert sorted(row[3] for row in rows()) == [1, 2]


def test_a_need_of_no_known_kind_counts_too_and_nothing_typed_is_kept(council):
    for _ in range(2):
        record_gap(categories=["Maggie of BA1 1LZ"], district=BATH, today=TODAY)
    assert rows() == [(None, BATH, TODAY, 2)]


def test_a_thousand_kinds_at_once_are_no_persons_line(council):
    from providers.meaning.vocabulary import vocabulary

    assert record_gap(categories=[term.code for term in vocabulary().terms], district=BATH, today=TODAY) == 6


def test_a_district_that_is_none_is_refused(council):
    with pytest.raises(District.DoesNotExist):
        record_gap(categories=[], district="E99999999", today=TODAY)


def test_after_three_years_it_goes(council):
    record_gap(categories=["cooking"], district=BATH, today=TODAY)
    assert purge_gaps(TODAY + datetime.timedelta(days=3 * 366)) == 0
    assert purge_gaps(TODAY + datetime.timedelta(days=3 * 366 + 1)) == 1


def test_the_privacy_page_says_so(client, db):
    assert "That nobody was found" in client.get("/privacy/").content.decode()
