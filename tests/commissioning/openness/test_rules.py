import datetime

import pytest

from commissioning.openness.board import Entry, LotEntries, Measure, Reading, Supplier
from commissioning.openness.rules import Demand, Field, How, Met
from commissioning.openness.shutting import smallest_shutting
from commissioning.openness.steps import harder, softer
from commissioning.sourcing.rules import About, Asked, Candidate, Holding, Terms

TODAY = datetime.date(2026, 3, 1)
TERMS = Terms(starts_on=datetime.date(2026, 6, 1), hours_per_week=10, regulation="none", council_buys=True)
BOTH = frozenset({"BA1", "BA2"})


def cover(pounds):
    return Holding("public_liability", starts_on=datetime.date(2026, 1, 1), amount_pence=pounds * 100)


def entry(supplier, reaches=BOTH, **known):
    facts = {"hours_free": 20, "space": "now", "people": 1, "basis": "not_personal_care", **known}
    return Entry(supplier, Candidate(reached=len(reaches), places=2, **facts), frozenset(reaches))


def field_of(entries, demands=(), terms=TERMS, people=(1, 1, 1, 1)):
    suppliers = [Supplier("sole_trader", number) for number in people]
    measure = Measure(TODAY, size_limit=9, obtainable=frozenset({"public_liability"}))
    return Field([LotEntries(1, terms, BOTH, tuple(entries))], suppliers, demands, measure)


def known(field):
    could = field.could(Reading.KNOWN)
    return could.alone, could.in_team


def test_two_who_each_reach_a_half_and_have_half_the_hours_answer_together():
    field = field_of([entry(0, {"BA1"}, hours_free=5), entry(1, {"BA2"}, hours_free=5)])
    assert known(field) == (frozenset(), {0, 1})


def test_nobody_is_in_a_team_that_lacks_an_hour_or_a_place():
    assert known(field_of([entry(0, {"BA1"}, hours_free=5), entry(1, {"BA2"}, hours_free=4)])) == (set(), set())
    assert known(field_of([entry(0, {"BA1"}), entry(1, {"BA1"})])) == (set(), set())


def test_whoever_is_full_or_larger_than_micro_lends_a_team_no_hours():
    assert known(field_of([entry(0, hours_free=5), entry(1, hours_free=5, space="full")])) == (set(), set())
    larger = field_of([entry(0, hours_free=5), entry(1, hours_free=5)], people=(1, 10))
    assert known(larger) == (set(), set())
    assert larger.capable() == {0}
    assert larger.capable(micro=False) == {0, 1}


def test_of_a_size_that_is_not_known_nobody_is_counted_as_micro():
    assert field_of([entry(0)], people=(None,)).capable() == set()


@pytest.mark.parametrize(
    ("basis", "council_buys", "capable"),
    [
        ("registered", True, {0}),
        ("will_register", True, {0}),
        ("not_known", True, {0}),
        ("individual", True, set()),
        ("individual", False, {0}),
    ],
)
def test_rule_03_an_exempt_individual_is_not_capable_of_personal_care_that_the_council_buys(
    basis, council_buys, capable
):
    terms = Terms(TERMS.starts_on, 10, "personal_care", council_buys)
    assert field_of([entry(0, basis=basis)], terms=terms).capable() == capable


def test_rule_07_cover_asked_by_the_start_keeps_nobody_from_answering_at_most():
    """ "Will have it by the start" is always an answer to it; asked before, it is not."""
    for by_start, hoped in ((True, {0}), (False, set())):
        field = field_of([entry(0)], [Demand(Asked("public_liability", 100, by_start=by_start))])
        assert field.could(Reading.KNOWN).either == set()
        assert field.could(Reading.HOPED).either == hoped


def test_what_is_not_known_is_hoped_and_not_counted():
    field = field_of([entry(0, hours_free=None)])
    assert field.could(Reading.KNOWN).either == set()
    assert field.could(Reading.HOPED).either == {0}


def test_one_supplier_for_all_lots_needs_the_hours_of_all_of_them():
    lots = [
        LotEntries(number, TERMS, BOTH, (entry(0, hours_free=free, lots_done=2),))
        for number, free in ((1, 12), (2, 12))
    ]
    suppliers, measure = [Supplier("company", 2)], Measure(TODAY, 9)
    terms_ask_both = [Demand(Asked("all_lots"))]
    assert Field(lots, suppliers, [], measure).could(Reading.KNOWN).alone == {0}
    assert Field(lots, suppliers, terms_ask_both, measure).could(Reading.KNOWN).either == set()
    assert not list(Field(lots, suppliers, terms_ask_both, measure).loosenings({}))[1:]


def test_the_steps_of_cover_run_down_by_the_start_and_up():
    """£10 million: 1 of 3; £5 million: 2; not asking: all."""
    asked = Asked("public_liability", 1_000_000_000, by_start=False)
    entries = [entry(0, holdings=(cover(10_000_000),)), entry(1, holdings=(cover(5_000_000),)), entry(2)]
    steps = field_of(entries).steps(Demand(asked), {"public_liability": 200_000_000})
    assert [(step.asked and (step.asked.amount_pence or 0) // 100_000_000, step.met.fits) for step in steps] == [
        (10, 1),
        (10, 1),
        (5, 2),
        (2, 2),
        (5, 2),
        (20, 0),
        (None, 3),
    ]
    assert [step.asked.by_start for step in steps[:5]] == [False, True, False, False, True]
    assert steps[0].met == Met(fits=1, not_yet=2, not_known=0)
    assert steps[0].met.capable == 3


@pytest.mark.parametrize(
    ("asked", "less", "more"),
    [
        (Asked("turnover", 100), [], []),
        (Asked("audited_accounts", number=3), [], []),
        (Asked("all_lots"), [], []),
        (Asked("first_aid"), [], []),
        (Asked("first_aid", by_start=False), [Asked("first_aid")], []),
        (
            Asked("least_people", number=3),
            [Asked("least_people", number=2), Asked("least_people", number=1)],
            [Asked("least_people", number=4)],
        ),
        (Asked("public_liability", 2_000_000_000), None, []),
    ],
)
def test_next_steps_of_a_condition(asked, less, more):
    assert harder(asked) == more
    if less is not None:
        assert softer(asked, {}) == less


def test_the_mildest_of_the_changes_that_do_the_same_is_named_and_one_for_each_condition():
    demand = Demand(Asked("public_liability", 1_000_000_000, by_start=False))
    entries = [entry(0, holdings=(cover(5_000_000),)), entry(1, holdings=(cover(10_000_000),), hours_free=4)]
    [first, *others] = field_of(entries, [demand]).changes({})
    assert (first.loosening.how, first.loosening.instead.amount_pence, first.known) == (How.LOWER, 500_000_000, 2)
    assert all(change.loosening.demand is None for change in others)


def test_a_demand_of_one_lot_is_of_no_other():
    field = field_of([entry(0)], [Demand(Asked("first_aid"), lot=2)])
    assert known(field) == ({0}, {0})


def test_the_smallest_sets_that_shut_the_field_hold_no_smaller_one():
    assert smallest_shutting([0b011, 0b110, 0b100, 0b000], 0b111) == [(3,), (0, 2)]
    assert smallest_shutting([0b111], 0b111) == []
    assert smallest_shutting([0b000], 0) == []


def test_what_shuts_a_lot_names_conditions_and_the_whole_of_the_lot():
    field = field_of([entry(0, {"BA1"}, hours_free=4), entry(1, hours_free=5)], [Demand(Asked("first_aid"))])
    shut = field.shut_by(1)
    assert [(one.conditions, one.whole) for one in shut] == [
        ((Asked("first_aid"),), ()),
        ((), (About.HOURS,)),
    ]
    assert shut[0].size == 1
