from dataclasses import replace

import pytest
from hypothesis import given, settings

from commissioning.coops.diagnosis import (
    Ask,
    asks_of,
    changed,
    cheapest_change,
    conflict,
    left_bare,
    next_best,
    without,
)
from commissioning.coops.optimiser import Cell, NotDecidedError, Partner, Task, best_team, has_team
from commissioning.coops.relaxed import Change
from tests.commissioning.coops.exhaustive import best_value
from tests.commissioning.coops.generated import large_task
from tests.commissioning.coops.test_optimiser import tasks

MORNING = Cell(1, "tue", 540, 720, 180)
EVENING = Cell(2, "tue", 1080, 1200, 120)
ANA = Partner("ana", 300, {0: 180}, 1800, {1: 1000})
BEN = Partner("ben", 300, {0: 60, 1: 120}, 2000, {1: 3000, 2: 3000})


@settings(max_examples=120, deadline=None)
@given(task=tasks())
def test_what_leaves_no_team_does_so_and_none_of_it_could_be_left_out(task):
    if has_team(task):
        return
    kept, every = conflict(task).asks, asks_of(task)
    assert conflict(task).is_least
    if not kept:
        assert not has_team(without(task, every))
        return
    others = [ask for ask in every if ask not in kept]
    assert best_value(without(task, others)) is None
    for ask in kept:
        assert best_value(without(task, [*others, ask])) is not None


@settings(max_examples=120, deadline=None)
@given(task=tasks())
def test_the_cheapest_change_lets_a_team_exist(task):
    if has_team(task):
        assert cheapest_change(task).changes == ()
        return
    mending = cheapest_change(task)
    if mending is None:
        assert not has_team(without(task, asks_of(task)))
    else:
        assert mending.changes
        assert mending.is_least
        assert has_team(changed(task, mending.changes))


def test_the_cheapest_change_is_the_least_of_several():
    missing = replace(ANA, lacks={1: frozenset({"public_liability"})})
    task = Task((MORNING,), (missing, BEN), 1)
    assert cheapest_change(task).changes == (Change("hours", 120, cell=0),)
    assert cheapest_change(replace(task, cells=(replace(MORNING, minutes=60),))).changes == ()
    longer = replace(MORNING, starts=0, minutes=600)
    insured = replace(missing, minutes_free=600, can={0: 600})
    mending = cheapest_change(replace(task, cells=(longer,), partners=(insured,)))
    assert mending.changes == (Change("condition", 1, condition="public_liability"),)


def test_a_cap_that_nobody_meets_rises_by_what_is_between():
    task = Task((MORNING,), (ANA, BEN), 2, price_caps={1: 1750})
    assert best_team(task) is None
    assert conflict(task).asks == (
        Ask("hours", cell=0),
        Ask("price"),
    )
    assert cheapest_change(task).changes == (Change("price", 50),)


def test_more_partners_or_fewer_stand_ins_are_changes_too():
    both = Task((MORNING, EVENING), (ANA, BEN), 1)
    assert conflict(both).asks == (
        Ask("hours", cell=0),
        Ask("hours", cell=1),
        Ask("partners"),
    )
    longer = replace(both, cells=(MORNING, replace(EVENING, ends=1260, minutes=180)))
    assert cheapest_change(replace(longer, partners=(ANA, replace(BEN, can={1: 180})))).changes == (
        Change("partners", 1),
    )
    spare = Task((MORNING,), (ANA, replace(BEN, can={})), 2, stand_ins={1: 1})
    assert conflict(spare).asks == (
        Ask("hours", cell=0),
        Ask("stand_ins", lot=1),
    )
    assert cheapest_change(spare).changes == (Change("stand_ins", 1, lot=1),)


def test_nobody_has_to_step_in_where_all_the_hours_are_given_up():
    short = replace(MORNING, ends=570, minutes=30)
    assert cheapest_change(Task((short,), (ANA,), 2, stand_ins={1: 1})).changes == (Change("hours", 30, cell=0),)


def test_no_change_helps_where_one_who_has_to_be_there_is_not_or_two_will_not_meet():
    assert cheapest_change(Task((MORNING,), (ANA,), 1, must=frozenset({"nobody"}))) is None
    assert not has_team(Task((MORNING,), (ANA,), 1, must=frozenset({"nobody"})))
    apart = Task((MORNING,), (replace(ANA, not_with=frozenset({"ben"})), BEN), 2, must=frozenset({"ana", "ben"}))
    assert cheapest_change(apart) is None
    assert conflict(apart).asks == ()


def test_the_next_best_team_has_somebody_else_in_it():
    task = Task((replace(MORNING, minutes=60),), (ANA, BEN), 2, "cheapest")
    first = best_team(task)
    assert first.team == ("ana",)
    assert next_best(task, first).team == ("ben",)
    assert next_best(replace(task, must=frozenset({"ana"})), first) is None


def test_what_the_others_cannot_take_over_stands_empty_when_one_leaves():
    task = Task((MORNING, EVENING), (ANA, BEN), 2)
    found = best_team(task)
    assert found.team == ("ana", "ben")
    assert left_bare(task, found, "ana") == {0: 120}
    assert left_bare(task, found, "ben") == {1: 120}


def test_a_search_that_was_stopped_before_it_knew_says_so_here_too():
    task = large_task(100, 20, most_partners=6, seed=2)
    with pytest.raises(NotDecidedError):
        has_team(replace(task, objective="cheapest"), node_limit=1)
    found = conflict(replace(task, most_partners=5, objective="cheapest"), node_limit=0)
    assert not found.is_least
    assert Ask("partners") in found.asks
