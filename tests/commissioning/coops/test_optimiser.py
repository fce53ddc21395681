from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commissioning.coops.optimiser import Cell, NotDecidedError, Partner, Task, best_team
from tests.commissioning.coops.exhaustive import best_value
from tests.commissioning.coops.generated import large_task
from tests.commissioning.coops.judged import faults

OBJECTIVES = ["smallest", "cheapest", "most_local", "most_resilient"]
KEYS = ["a", "b", "c", "d"]


@st.composite
def cells(draw):
    day = draw(st.sampled_from(["", "mon", "mon", "mon", "tue"]))
    starts = draw(st.integers(0, 4)) if day else 0
    ends = starts + draw(st.integers(2, 4)) if day else 0
    return Cell(draw(st.integers(1, 2)), day, starts, ends, draw(st.integers(0, 3)))


@st.composite
def partners(draw, key, number, *, is_plain):
    wishes = st.frozensets(st.sampled_from(KEYS), min_size=1, max_size=3)
    now_and_then = st.integers(0, 9) if not is_plain else st.just(1)
    return Partner(
        key=key,
        minutes_free=draw(st.integers(2, 8)),
        can={index: draw(st.integers(1, 4)) for index in range(number) if draw(st.integers(0, 4))},
        pence_per_hour=None if draw(now_and_then) == 0 else draw(st.integers(1000, 1004)),
        metres={lot: draw(st.integers(0, 4)) for lot in (1, 2) if draw(now_and_then)},
        not_with=draw(wishes) if draw(now_and_then) == 0 else frozenset(),
        only_with=draw(wishes) if draw(now_and_then) == 0 else frozenset(),
        people=draw(st.sampled_from([1, 1, 2])),
        lacks={1: frozenset({"insurance"})} if draw(now_and_then) == 0 else {},
        pence_in={2: draw(st.integers(1000, 1004))} if draw(st.booleans()) else {},
    )


@st.composite
def tasks(draw):
    """Half of them plain, so that most have a team; the others with everything that may stand in its way."""
    is_plain = draw(st.booleans())
    now_and_then = st.integers(0, 4) if not is_plain else st.just(1)
    wanted = tuple(draw(st.lists(cells(), min_size=1, max_size=3)))
    number = draw(st.sampled_from([4, 3, 2]))
    return Task(
        cells=wanted,
        partners=tuple(draw(partners(key, len(wanted), is_plain=is_plain)) for key in KEYS[:number]),
        most_partners=draw(st.integers(1, 4)),
        stand_ins={1: 1} if draw(now_and_then) == 0 else {},
        travel={(1, 2): draw(st.integers(0, 3))},
        price_caps={1: 1002} if draw(now_and_then) == 0 else {},
        must=frozenset({"a"}) if draw(now_and_then) == 0 else frozenset(),
        unlike=(frozenset({"a", "b"}),) if draw(now_and_then) == 0 else (),
        grain=draw(st.sampled_from([1, 2])),
    )


@st.composite
def busy_days(draw):
    """One day, two places a way apart, people who work alone, and now and then somebody to stand in."""
    wanted = tuple(
        Cell(1 + number % 2, "mon", starts, starts + draw(st.integers(2, 4)), draw(st.integers(1, 2)))
        for number, starts in enumerate(draw(st.lists(st.integers(0, 5), min_size=2, max_size=3)))
    )
    partner = st.builds(
        Partner,
        key=st.just(""),
        minutes_free=st.integers(3, 8),
        can=st.fixed_dictionaries({index: st.integers(1, 3) for index in range(len(wanted))}),
        pence_per_hour=st.integers(1000, 1004),
        metres=st.fixed_dictionaries({1: st.integers(0, 4), 2: st.integers(0, 4)}),
    )
    return Task(
        cells=wanted,
        partners=tuple(replace(draw(partner), key=key) for key in KEYS[: draw(st.integers(1, 3))]),
        most_partners=3,
        stand_ins={2: draw(st.sampled_from([0, 0, 1]))},
        travel={(2, 1): draw(st.integers(1, 3))},
        grain=1,
    )


def agree(task):
    """What the optimiser found is right, and as good as the best of all that there are."""
    best, found = best_value(task), best_team(task)
    if found is None:
        assert best is None
        return
    assert faults(task, found) == []
    assert found.proved
    assert found.value == found.bound == pytest.approx(best, abs=1e-9)


@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=130, deadline=None)
@given(task=tasks())
def test_a_team_is_as_good_as_the_best_of_all_that_there_are(objective, task):
    agree(replace(task, objective=objective))


@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=60, deadline=None)
@given(task=busy_days())
def test_a_day_between_two_places_is_shared_out_as_well_as_it_can_be(objective, task):
    agree(replace(task, objective=objective))


@settings(max_examples=50, deadline=None)
@given(task=tasks(), shuffled=st.randoms(use_true_random=False), objective=st.sampled_from(OBJECTIVES))
def test_the_same_facts_in_another_order_give_the_same_team(task, shuffled, objective):
    task = replace(task, objective=objective)
    places = list(range(len(task.cells)))
    shuffled.shuffle(places)
    partners = [
        replace(one, can={new: one.can[old] for new, old in enumerate(places) if old in one.can})
        for one in task.partners
    ]
    shuffled.shuffle(partners)
    first, again = (
        best_team(one)
        for one in (task, replace(task, cells=tuple(task.cells[old] for old in places), partners=tuple(partners)))
    )
    assert (first and first.team) == (again and again.team)
    if first and again and len(set(task.cells)) == len(task.cells):
        assert first.shares == {(key, places[new]): minutes for (key, new), minutes in again.shares.items()}


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_large_team_is_proved_the_best_there_is(objective):
    task = large_task(150, 20, objective=objective, most_partners=12, seed=2)
    found = best_team(task)
    assert found.proved
    assert found.bound == found.value
    assert faults(task, found) == []


def test_two_who_are_equal_in_everything_are_told_apart_by_their_keys():
    cell = Cell(1, "", 0, 0, 60)
    same = [Partner(key, 60, {0: 60}, 1500, {1: 100}) for key in ("c", "b", "d")]
    for objective in OBJECTIVES:
        assert best_team(Task((cell,), tuple(same), 2, objective, grain=60)).team == ("b",)


def test_of_two_teams_of_one_size_the_cheaper_is_taken_and_then_the_nearer():
    cell = Cell(1, "", 0, 0, 60)
    dear, cheap = Partner("a", 60, {0: 60}, 2000, {1: 1}), Partner("b", 60, {0: 60}, 1500, {1: 9})
    near, unpriced = Partner("c", 60, {0: 60}, 1500, {1: 8}), Partner("0", 60, {0: 60}, None, {1: 0})
    assert best_team(Task((cell,), (dear, cheap), 2)).team == ("b",)
    assert best_team(Task((cell,), (dear, cheap, near, unpriced), 2)).team == ("c",)


def test_the_hours_of_the_most_resilient_team_are_spread_as_evenly_as_they_can_be():
    cell = Cell(1, "", 0, 0, 600)
    found = best_team(Task((cell,), tuple(Partner(key, 600, {0: 600}, 1500) for key in "abcd"), 3, "most_resilient"))
    assert found.value == found.bound == 210
    assert sorted(found.shares.values())[-1] <= 210


def test_a_search_that_is_stopped_says_how_far_it_may_be_from_the_best():
    # Six people have to be filled nearly to the last minute: one node does not settle that.
    task = large_task(60, 20, objective="cheapest", most_partners=6, seed=2)
    found = best_team(task, node_limit=1)
    assert faults(task, found) == []
    assert not found.proved
    assert 0 < found.gap < 1
    assert found.bound < found.value
    assert found == best_team(task, node_limit=1)


def test_a_search_that_is_stopped_before_it_knows_says_so():
    task = large_task(100, 20, objective="cheapest", most_partners=6, seed=2)
    with pytest.raises(NotDecidedError):
        best_team(task, node_limit=1)


def test_nobody_is_found_where_nobody_is_or_one_who_has_to_be_there_is_not():
    cell = Cell(1, "", 0, 0, 60)
    assert best_team(Task((cell,), (), 3)) is None
    assert best_team(Task((), (), 3)).team == ()
    assert best_team(Task((cell,), (Partner("a", 60, {0: 60}),), 3, must=frozenset({"b"}))) is None
