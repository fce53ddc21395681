"""The council's work in the demonstration: requirements being written, and a summary that is finished."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from commissioning.models import Requirement, ShortlistEntry, Summary
from commissioning.opportunities.demonstration import is_published, publish_invented
from commissioning.requirements import actions
from commissioning.sourcing.actions import shortlist
from commissioning.sourcing.field import assess_lot
from commissioning.sourcing.search.demonstration import seed_search
from commissioning.summaries.actions import lock_summary
from providers.models import Category, Service
from registry.models import Council, User

SHORTLISTED = 3


@dataclass(frozen=True)
class Invented:
    """A requirement of the demonstration. Its reference is fixed, so that seeding twice makes one."""

    reference: str
    by: str
    council: str
    facts: dict[str, Any]
    starts_in_days: int
    lasts_days: int
    lots: list[dict[str, Any]]
    conditions: list[tuple[str, int | None, str]] = field(default_factory=list)
    is_locked: bool = False
    is_published: bool = False


INVENTED = [
    Invented(
        reference="BNSX22BC",
        by="commissioner",
        council="E06000022",
        facts={
            "title": "Lunch and company in Bath and Radstock",
            "need": "Older people who live alone and skip meals. A cooked lunch on weekdays, and somebody to eat it "
            "with.\nFewer people losing weight over the winter, and fewer who say that they see nobody all week.",
            "value_pence": 2_800_000,
            "buyer": "council",
            "payment_days": 14,
            "barriers": ["finance", "time", "effort", "awareness"],
            "barriers_note": "Lots small enough for one person. No accounts asked for. Six weeks to answer, in a "
            "form of two pages. Everyone on the register who does this work is told.",
        },
        starts_in_days=120,
        lasts_days=364,
        lots=[
            {
                "title": "Cooked lunches in Bath",
                "category": "cooking",
                "hours_per_week": 10,
                "outcodes": ["BA1", "BA2"],
            },
            {"title": "Company around Radstock", "category": "companionship", "hours_per_week": 6, "outcodes": ["BA3"]},
        ],
        conditions=[("public_liability", 100_000_000, "start")],
        is_locked=True,
    ),
    Invented(
        reference="BNSX33BC",
        by="commissioner",
        council="E06000022",
        facts={
            "title": "Help to wash and dress, Keynsham and Bath",
            "need": "Morning help for people who have come home from hospital and can do a little more each week.\n"
            "People managing by themselves again within six weeks, where that can be.",
            "value_pence": 9_600_000,
            "buyer": "council",
            "payment_days": 10,
            "barriers": ["risk", "specification"],
            "barriers_note": "Cover asked for by the start and not before. Trial weeks are paid.",
        },
        starts_in_days=90,
        lasts_days=729,
        lots=[
            {
                "title": "Mornings in Keynsham",
                "category": "washing-and-dressing",
                "hours_per_week": 14,
                "outcodes": ["BS31"],
            },
            {
                "title": "Mornings in Bath",
                "category": "washing-and-dressing",
                "hours_per_week": 21,
                "outcodes": ["BA1", "BA2"],
            },
        ],
        conditions=[("public_liability", 500_000_000, "start"), ("moving_and_handling", None, "start")],
    ),
    Invented(
        reference="BNSX44BC",
        by="commissioner",
        council="E06000022",
        facts={
            "title": "Company at home on dark afternoons, Bath",
            "need": "Older people who see nobody for days in winter. Somebody who comes by, talks, and goes for a walk "
            "with them.\nFewer who say that they are lonely most days.",
            "value_pence": 1_800_000,
            "buyer": "council",
            "payment_days": 10,
            "barriers": ["engagement", "awareness"],
            "barriers_note": "We ask before we buy, and everybody on the register who does this is told.",
        },
        starts_in_days=150,
        lasts_days=364,
        lots=[
            {
                "title": "Company in the city",
                "category": "companionship",
                "hours_per_week": 12,
                "outcodes": ["BA1", "BA2"],
            },
            {
                "title": "Company around Keynsham",
                "category": "companionship",
                "hours_per_week": 6,
                "outcodes": ["BS31"],
            },
        ],
        conditions=[("public_liability", 100_000_000, "start")],
        is_published=True,
    ),
    Invented(
        reference="WTSX22BC",
        by="other-commissioner",
        council="E06000054",
        facts={
            "title": "Breaks for carers in west Wiltshire",
            "need": "Somebody to sit with a husband, wife or parent for an afternoon, so that the carer can go out.",
            "value_pence": 1_900_000,
            "buyer": "individual",
            "payment_days": 30,
            "lots_note": "One service that each carer arranges for themselves.",
        },
        starts_in_days=60,
        lasts_days=364,
        lots=[
            {
                "title": "Sitting for an afternoon",
                "category": "sitting-service",
                "hours_per_week": 8,
                "outcodes": ["BA14", "BA15"],
            }
        ],
        conditions=[("public_liability", 100_000_000, "start")],
    ),
]


def seed_commissioning(today: datetime.date) -> int:
    """Make what is missing of the invented work, through the actions that pages use. Returns how many were made."""
    missing = [one for one in INVENTED if not is_there(one)]
    for one in missing:
        make(one, today)
    commissioner = User.objects.get(email="commissioner@demo.nearhand.example")
    seed_search(by=commissioner, council=Council.objects.get(pk=INVENTED[0].council), today=today)
    return len(missing)


def is_there(one: Invented) -> bool:
    if one.is_published:
        return is_published(one.reference)
    made: Any = Summary if one.is_locked else Requirement
    key = "requirement__reference" if one.is_locked else "reference"
    return bool(made.objects.filter(**{key: one.reference}).exists())


def make(one: Invented, today: datetime.date) -> None:
    """Every step can be repeated, so a run that was stopped half-way is finished by the next."""
    by = User.objects.get(email=f"{one.by}@demo.nearhand.example")
    council = Council.objects.get(pk=one.council)
    first = today + datetime.timedelta(days=one.starts_in_days)
    dates = {"starts_on": first, "ends_on": first + datetime.timedelta(days=one.lasts_days)}
    requirement = actions.start_requirement(
        by=by, council=council, reference=one.reference, facts={**one.facts, **dates}
    )
    for number, lot in enumerate(one.lots, start=1):
        facts = {**lot, "category": Category.objects.get(pk=lot["category"])}
        actions.save_lot(by=by, requirement=requirement, number=number, facts=facts)
    for kind, amount_pence, by_when in one.conditions:
        facts = {"amount_pence": amount_pence, "by_when": by_when}
        actions.save_condition(by=by, requirement=requirement, kind=kind, facts=facts)
    if one.is_published:
        publish_invented(requirement, by, today)
    if one.is_locked:
        shortlist_some(requirement, by, today)
        lock_summary(by=by, requirement=requirement, now=timezone.now())


def shortlist_some(requirement: Requirement, by: User, today: datetime.date) -> None:
    for lot in requirement.lots.select_related("category", "requirement__council"):
        if ShortlistEntry.objects.filter(lot=lot).exists():
            continue
        for standing in assess_lot(lot, today).fitting[:SHORTLISTED]:
            shortlist(by=by, lot=lot, service=Service.every.get(pk=standing.listing.pk))
