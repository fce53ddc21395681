"""The figures equal a plain recount: of what is asked as it stands, and of each change once it was really made."""

import pytest
from django.db import transaction

from commissioning.openness.board import Reading
from commissioning.openness.figures import FLOORS, OpenField
from commissioning.openness.rules import How
from commissioning.requirements import actions
from tests.commissioning.openness.recount import capable_of, could_answer, in_parts
from tests.commissioning.openness.register import TODAY, make_chance_requirement, make_register

pytestmark = pytest.mark.django_db
SEEDS = range(6)


@pytest.fixture(params=SEEDS)
def seed(request, council, postcodes):
    make_register(council, request.param)
    return request.param


def counts(requirement, hoped):
    alone, in_team = could_answer(requirement, TODAY, hoped=hoped)
    return len(alone), len(in_team - alone)


def test_the_openness_figure_equals_a_plain_recount(seed, commissioner, council):
    for each in range(5):
        requirement = make_chance_requirement(commissioner, council, seed * 100 + each)
        openness = OpenField.read(requirement, TODAY).openness()
        assert openness.capable == len(capable_of(requirement, TODAY))
        assert (openness.alone, openness.in_team) == counts(requirement, hoped=False)
        assert openness.hoped == sum(counts(requirement, hoped=True))
        for rows in (openness.by_form, openness.by_size):
            assert sum(row.capable for row in rows) == openness.capable
            assert sum(row.could for row in rows) == openness.could


def test_each_change_tried_in_memory_does_what_it_does_when_it_is_made(seed, commissioner, council):
    requirement = make_chance_requirement(commissioner, council, seed * 100 + 50)
    open_field = OpenField.read(requirement, TODAY)
    tried = []
    for loosening in open_field.field.loosenings(FLOORS):
        asking = open_field.field.loosened(loosening)
        counted = [len(open_field.field.could(reading, asking).either) for reading in Reading]
        with transaction.atomic():
            make(loosening, commissioner, requirement)
            assert counted == [sum(counts(requirement, hoped)) for hoped in (False, True)], loosening
            transaction.set_rollback(True)
        tried.append(counted)
    best = max(tried, default=[0, 0])
    now = [sum(counts(requirement, hoped)) for hoped in (False, True)]
    changes = open_field.field.changes(FLOORS)
    assert ([changes[0].known, changes[0].hoped] if changes else now) == max(best, now)


def make(loosening, by, requirement):
    """The change as a commissioner would make it, in the tables."""
    if loosening.demand is None:
        split(loosening, by, requirement)
        return
    lot = requirement.lots.filter(number=loosening.demand.lot).first()
    actions.remove_condition(by=by, requirement=requirement, kind=loosening.demand.asked.kind, lot=lot)
    instead = loosening.instead
    if instead:
        facts = {
            "amount_pence": instead.amount_pence,
            "number": instead.number,
            "by_when": "start" if instead.by_start else "answer",
        }
        actions.save_condition(by=by, requirement=requirement, kind=instead.kind, facts=facts, lot=lot)


def split(loosening, by, requirement):
    """Two lots of half the hours, or one for each postcode district, with what was asked of the one asked of each."""
    lot = requirement.lots.get(number=loosening.lot)
    parts = [lot.outcodes] * 2 if loosening.how is How.SPLIT_HOURS else [[place] for place in lot.outcodes]
    for number, outcodes in enumerate(parts, start=100):
        made = copy_of(lot, number, len(parts), outcodes)
        for condition in list(lot.conditions.all()):
            condition.pk, condition.lot = None, made
            condition.save(force_insert=True)
    lot.delete()


def copy_of(lot, number, parts, outcodes):
    hours = lot.hours_per_week and in_parts(lot.hours_per_week, parts)
    made = type(lot).objects.create(
        requirement=lot.requirement,
        number=number,
        title=lot.title,
        category=lot.category,
        hours_per_week=hours,
        outcodes=outcodes,
    )
    for time in list(lot.times.all()):
        made.times.create(
            day=time.day,
            starts_minute=time.starts_minute,
            ends_minute=time.ends_minute,
            minutes_needed=in_parts(time.minutes_needed, parts),
        )
    return made
