import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.sourcing.rules import Fit, Holding
from commissioning.sourcing.search import rules
from commissioning.sourcing.search.rules import Held, Known, Period, covers_every_day, funnel

TODAY = datetime.date(2026, 11, 21)
A_DAY = datetime.timedelta(days=1)
YEAR = Period(datetime.date(2027, 4, 1), datetime.date(2028, 3, 31))


def held(kind="public_liability", starts="2026-06-01", ends="2027-05-31", pounds=5_000_000, seen=(), **more):
    facts = {
        "starts_on": datetime.date.fromisoformat(starts),
        "ends_on": datetime.date.fromisoformat(ends) if ends else None,
        "amount_pence": None if pounds is None else pounds * 100,
    }
    return Held(Holding(kind, **facts, **more), frozenset(seen))


days = st.integers(0, 30)
spans = st.lists(
    st.tuples(days, st.none() | days).filter(lambda span: span[1] is None or span[0] <= span[1]), max_size=6
)


@given(spans=spans, first=days, length=st.integers(0, 10))
def test_every_day_is_covered_where_each_day_is(spans, first, length):
    def at(number):
        return TODAY + number * A_DAY

    said = covers_every_day([(at(a), None if b is None else at(b)) for a, b in spans], at(first), at(first + length))
    assert said == all(
        any(a <= day and (b is None or day <= b) for a, b in spans) for day in range(first, first + length + 1)
    )


@pytest.mark.parametrize(
    ("papers", "period", "fit"),
    [
        ([held(ends="2028-03-31")], YEAR, Fit.FITS),
        ([held(), held(starts="2027-06-01", ends="2028-06-01")], YEAR, Fit.FITS),
        ([held(), held(starts="2027-06-02", ends="2028-06-01")], YEAR, Fit.NOT_YET),
        ([held()], YEAR, Fit.NOT_YET),
        ([held()], Period(YEAR.first, YEAR.last, renewed=True), Fit.FITS),
        ([held(starts="2028-01-01", ends=None)], Period(YEAR.first, YEAR.last, renewed=True), Fit.NOT_YET),
        ([held(ends="2026-11-20")], Period(YEAR.first, YEAR.last, renewed=True), Fit.NOT_YET),
        ([held(ends=None, pounds=1_000_000)], YEAR, Fit.NOT_YET),
        ([held(ends=None, pounds=None)], YEAR, Fit.NOT_KNOWN),
        ([held(ends=None, refused=True)], YEAR, Fit.NOT_YET),
        ([], YEAR, Fit.NOT_YET),
    ],
)
def test_cover_is_in_force_on_every_day_or_not_yet(papers, period, fit):
    asked = rules.cover("public_liability", 200_000_000, period, TODAY)
    assert asked.test(Known(held=tuple(papers))) is fit


def test_rule_04_who_employs_nobody_needs_no_cover_for_employees():
    asked = rules.cover("employers_liability", 500_000_000, YEAR, TODAY)
    assert asked.test(Known(employs_anyone=False)) is Fit.FITS
    assert asked.test(Known(employs_anyone=True)) is Fit.NOT_YET
    assert asked.test(Known()) is Fit.NOT_KNOWN


def test_silence_of_an_imported_record_is_not_known():
    unasked = Known(imported=True)
    assert rules.cover("public_liability", 1, YEAR, TODAY).test(unasked) is Fit.NOT_KNOWN
    assert rules.training("first_aid", TODAY).test(unasked) is Fit.NOT_KNOWN


@pytest.mark.parametrize(
    ("held_by", "people", "fit"), [(3, 4, Fit.NOT_YET), (4, 4, Fit.FITS), (None, 4, Fit.FITS), (1, None, Fit.FITS)]
)
def test_training_is_held_by_all_who_do_the_work(held_by, people, fit):
    paper = held("first_aid", pounds=None, held_by=held_by)
    assert rules.training("first_aid", TODAY).test(Known(people=people, held=(paper,))) is fit
    assert rules.training("first_aid", datetime.date(2027, 6, 1)).test(Known(held=(paper,))) is Fit.NOT_YET


@pytest.mark.parametrize(
    ("known", "yes", "no"),
    [
        (Known(basis="registered", has_number=True), Fit.FITS, Fit.NOT_YET),
        (Known(basis="registered"), Fit.NOT_KNOWN, Fit.NOT_KNOWN),
        (Known(basis="not_sure"), Fit.NOT_KNOWN, Fit.NOT_KNOWN),
        (Known(basis="individual"), Fit.NOT_YET, Fit.FITS),
    ],
)
def test_registered_is_what_has_a_number(known, yes, no):
    assert rules.registered(True).test(known) is yes
    assert rules.registered(False).test(known) is no


def test_what_is_not_said_is_not_known():
    asked = [rules.size(["one"]), rules.members(), rules.hours(1), rules.price(1), rules.basis(["individual"])]
    assert {one.test(Known()) for one in asked} == {Fit.NOT_KNOWN}
    assert rules.confirmed(30, TODAY).test(Known()) is Fit.NOT_YET


def test_bases_and_members_are_as_said():
    assert rules.basis(["individual"]).test(Known(basis="individual")) is Fit.FITS
    assert rules.basis(["individual"]).test(Known(basis="registered")) is Fit.NOT_YET
    assert rules.members().test(Known(run_by_members=True)) is Fit.FITS


def test_only_what_holds_today_and_was_accepted_counts_as_seen():
    ours = frozenset({"E06000022"})
    seen, any_council = rules.seen("own", ours, TODAY), rules.seen("any", None, TODAY)
    assert seen.test(Known(held=(held(seen=ours),))) is Fit.FITS
    assert seen.test(Known(held=(held(seen=["E06000054"]),))) is Fit.NOT_YET
    assert any_council.test(Known(held=(held(seen=["E06000054"]),))) is Fit.FITS
    assert any_council.test(Known(held=(held(),))) is Fit.NOT_YET
    assert any_council.test(Known(held=(held(seen=ours, ends="2026-11-20"),))) is Fit.NOT_YET
    assert any_council.test(Known(held=(held(seen=ours, refused=True),))) is Fit.NOT_YET


@given(st.lists(st.lists(st.sampled_from(Fit), min_size=3, max_size=3), max_size=12), st.booleans())
def test_a_funnel_adds_up(stands, keeps_unknown):
    found = funnel(stands, keeps_unknown=keeps_unknown)
    good = {Fit.FITS, Fit.NOT_KNOWN} if keeps_unknown else {Fit.FITS}
    for at, step in enumerate(found.steps):
        assert step.fits + step.not_yet + step.not_known == len(stands)
        assert step.left == sum(all(fit in good for fit in fits[: at + 1]) for fits in stands)
        without = [[fit for other, fit in enumerate(fits) if other != at] for fits in stands]
        assert step.alone == sum(all(fit in good for fit in fits) for fits in without) - len(found.left)
    assert found.found == len(stands)
