"""A requirement with two lots over Bath and North East Somerset, made through the actions that pages use."""

import datetime

from commissioning.models import SummaryPaper
from commissioning.models.requirement import new_reference
from commissioning.requirements import actions
from commissioning.summaries.papers import make
from providers.models import Category

FACTS = {
    "title": "Lunch and company in Bath",
    "need": "Cooked lunches for people who would otherwise miss them.\nCompany while they eat.",
    "starts_on": datetime.date(2027, 4, 1),
    "ends_on": datetime.date(2028, 3, 31),
    "value_pence": 2_400_000,
    "buyer": "council",
    "payment_days": 14,
}


def make_requirement(by, council, **changes):
    return actions.start_requirement(by=by, council=council, reference=new_reference(), facts={**FACTS, **changes})


def add_lot(by, requirement, category, **changes):
    facts = {
        "title": "Lunches in the city",
        "category": Category.objects.get(pk=category),
        "hours_per_week": 10,
        "outcodes": ["BA1", "BA2"],
        **changes,
    }
    return actions.save_lot(by=by, requirement=requirement, number=requirement.lots.count() + 1, facts=facts)


def make_papers(*editions):
    """What the worker does, for all editions or for these alone: to set all five takes a while."""
    for paper in SummaryPaper.objects.waiting():
        if not editions or paper.edition in editions:
            assert make(paper.pk)


def ask(by, requirement, kind, amount_pence=None, by_when="start", lot=None, **more):
    facts = {"amount_pence": amount_pence, "by_when": by_when, **more}
    return actions.save_condition(by=by, requirement=requirement, kind=kind, facts=facts, lot=lot)
