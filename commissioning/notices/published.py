"""What stands in the rows, read for `ocds`: which releases a page holds, and the whole of each process in them.

A release is a step of a published requirement: a version, that it was stopped, that all were told what came of it. None
of these is ever written over, so a release needs no row of its own.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Greatest
from django.urls import reverse

from commissioning.models import LotOutcome, Opportunity, OpportunityVersion
from commissioning.notices import ocds
from commissioning.notices.ocds_awards import Outcome, Supplier
from commissioning.notices.ocds_values import Facts
from commissioning.opportunities.forms import MICRO
from registry.models import AuditEvent

CHANGING = (
    "opportunity.published",
    "opportunity.changed",
    "opportunity.route_said",
    "opportunity.stopped",
    "opportunity.told",
    "opportunity.ended",
)
STEPS = {1: ocds.WAS_STOPPED, 2: ocds.WAS_TOLD}


@dataclass(frozen=True)
class Found:
    """One page of releases or records, and how many there are in all."""

    in_all: int
    told: list[Facts]


def releases(since: datetime.datetime | None, start: int, stop: int) -> Found:
    """The oldest first, so that a page that is full says the same for ever."""
    steps = _steps(since)
    rows = list(steps[start:stop])
    processes = processes_of({key for _at, key, _rank, _number in rows})
    told = {(key, state.step): state for key, process in processes.items() for state in ocds.states(process)}
    wanted = [(key, STEPS.get(rank, str(number))) for _at, key, rank, number in rows]
    return Found(steps.count(), [ocds.release(told[each]) for each in wanted])


def records(since: datetime.datetime | None, start: int, stop: int) -> Found:
    """In the order in which they last changed."""
    rows = _by_last_change(since)
    keys = list(rows.values_list("pk", flat=True)[start:stop])
    processes = processes_of(keys)
    return Found(rows.count(), [ocds.record(processes[key]) for key in keys])


def one_process(ocid: str) -> ocds.Process | None:
    """By its whole id, prefix and all."""
    reference = ocid.removeprefix(f"{settings.OCDS_PREFIX}-")
    key = Opportunity.objects.filter(requirement__reference=reference).values_list("pk", flat=True).first()
    process = processes_of([key]).get(key) if key else None
    return process if process and process.ocid == ocid else None


def one_release(id: str) -> Facts | None:
    process = one_process(id.rpartition("-")[0])
    told = {} if process is None else {state.step: state for state in ocds.states(process)}
    state = told.get(id.rpartition("-")[2])
    return ocds.release(state) if state else None


def last_change() -> datetime.datetime | None:
    """When somebody last did what changes a list. What has ended leaves no row in it, and its line in the audit."""
    newest = AuditEvent.objects.filter(verb__in=CHANGING).order_by("-at")
    return newest.values_list("at", flat=True).first()


def _steps(since: datetime.datetime | None) -> QuerySet[Any, tuple[datetime.datetime, int, int, int]]:
    """(moment, opportunity, rank, number of the version) of every release."""
    versions = OpportunityVersion.objects.annotate(at=F("published_at"), key=F("opportunity"), rank=Value(0))
    stopped = Opportunity.objects.annotate(at=F("stopped_at"), key=F("pk"), rank=Value(1))
    told = Opportunity.objects.annotate(at=F("told_at"), key=F("pk"), rank=Value(2))
    columns = ("at", "key", "rank")
    parts: list[Any] = [
        versions.order_by().values_list(*columns, "number"),
        stopped.filter(at__isnull=False).order_by().values_list(*columns, Value(0)),
        told.filter(at__isnull=False).order_by().values_list(*columns, Value(0)),
    ]
    if since:
        parts = [part.filter(at__gte=since) for part in parts]
    first, *others = parts
    return first.union(*others, all=True).order_by("at", "key", "rank", "number")  # type: ignore[no-any-return]


def _by_last_change(since: datetime.datetime | None) -> QuerySet[Opportunity]:
    newest = OpportunityVersion.objects.filter(opportunity=OuterRef("pk")).order_by().values("opportunity")
    published = Subquery(newest.annotate(last=Max("published_at")).values("last"))
    # PostgreSQL's GREATEST passes over what is null.
    changed = Greatest(published, "stopped_at", "told_at")
    rows = Opportunity.objects.annotate(changed_at=changed).order_by("changed_at", "pk")
    return rows.filter(changed_at__gte=since) if since else rows


def processes_of(keys: Collection[int]) -> dict[int, ocds.Process]:
    """By opportunity. Three queries, however many there are."""
    versions: defaultdict[int, list[ocds.Version]] = defaultdict(list)
    for row in OpportunityVersion.objects.filter(opportunity__in=keys).order_by("number"):
        versions[row.opportunity_id].append(ocds.Version(row.number, row.published_at, row.facts))
    outcomes: defaultdict[int, list[Outcome]] = defaultdict(list)
    for outcome in LotOutcome.objects.filter(opportunity__in=keys).select_related("interest").order_by("lot_key"):
        outcomes[outcome.opportunity_id].append(_outcome(outcome))
    opportunities = Opportunity.objects.filter(pk__in=keys).select_related("requirement")
    return {one.pk: _process(one, versions[one.pk], outcomes[one.pk]) for one in opportunities}


def _process(opportunity: Opportunity, versions: list[ocds.Version], outcomes: list[Outcome]) -> ocds.Process:
    reference = opportunity.requirement.reference
    return ocds.Process(
        ocid=f"{settings.OCDS_PREFIX}-{reference}",
        page=settings.SITE_URL + reverse("opportunity", args=[reference]),
        vocabulary=settings.SITE_URL + reverse("categories"),
        versions=tuple(versions),
        stopped_at=opportunity.stopped_at,
        told_at=opportunity.told_at,
        outcomes=tuple(outcomes),
    )


def _outcome(row: LotOutcome) -> Outcome:
    return Outcome(
        lot=row.lot_key,
        kind=row.kind,
        decided_on=row.decided_on,
        suppliers=suppliers_of(row),
        value_pence=row.value_pence,
        why=row.why,
    )


def suppliers_of(row: LotOutcome) -> tuple[Supplier, ...]:
    """Of a team each who is in it, as the public page names them; by the names that their listings had."""
    if row.interest is None:
        return (Supplier(row.supplier, is_micro=row.is_micro),) if row.supplier else ()
    members = (row.interest.answer or {}).get("members", [])
    return tuple(
        Supplier(
            name=member["name"],
            key=member["id"],
            is_micro=None if member["people"] is None else member["people"] <= MICRO,
            identifiers=tuple((one["scheme"], one["value"]) for one in member["identifiers"]),
        )
        for member in members
    )
