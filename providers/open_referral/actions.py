"""Brings services of an open feed into the registry. What is as it was is left as it is.

Rows go through in batches, each one transaction and a fixed number of queries whatever it holds. A run that is killed
loses the batch it was in; the next run skips what is there by its digest, and publishes what still waits.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from providers.listings.actions import approve_services, list_providers, take_off_service
from providers.models import ImportedRow, Provider, ProviderMembership
from providers.open_referral.areas import Areas
from providers.open_referral.facts import Points, digest_of, expect_guesses, facts_of, postcodes_needed
from providers.open_referral.rules import CannotTake, Read, ended, id_of, read
from providers.open_referral.writing import Plan, known_of, write
from registry.models import Council, Outcode, Postcode

AT_ONCE = 500


@dataclass
class Import:
    """One run: where the rows go, and what became of them. `refuse` is told of each that was not taken, and why."""

    council: Council
    source: str
    publish: bool
    now: datetime.datetime
    today: datetime.date
    refuse: Callable[[str], object]
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    refused: int = 0
    areas: Areas = field(default_factory=Areas)

    def say_no(self, number: int, source_id: str, reason: str) -> None:
        self.refused += 1
        self.refuse(f"Row {number}{f', id {source_id}' if source_id else ''}: {reason}.")


@dataclass(frozen=True)
class Numbered:
    """A row that could be read, and where it stands in the source."""

    number: int
    read: Read
    digest: UUID


class AlreadyRunningError(Exception):
    """Another import of the same source is at work."""


def import_services(*, rows: Iterable[Any], run: Import, progress: Callable[[int], object]) -> None:
    """Take every row that can be taken; say why of each that cannot. Then publish what waits, if it is to be public."""
    with _alone(run.source):
        numbered = enumerate(rows, start=1)
        while batch := list(islice(numbered, AT_ONCE)):
            run.read += len(batch)
            _take(batch, run)
            progress(len(batch))
        if run.publish:
            publish_waiting(source=run.source, now=run.now)


class _alone:
    """Two runs of one source at once would each add what the other adds; a lock of the session ends with it."""

    def __init__(self, source: str) -> None:
        self._source = source

    def __enter__(self) -> None:
        if not self._ask("SELECT pg_try_advisory_lock(hashtext('import'), hashtext(%s))"):
            raise AlreadyRunningError

    def __exit__(self, *failure: object) -> None:
        self._ask("SELECT pg_advisory_unlock(hashtext('import'), hashtext(%s))")

    def _ask(self, query: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(query, [self._source])
            return bool(cursor.fetchone()[0])


def _take(batch: list[tuple[int, Any]], run: Import) -> None:
    _end(batch, run)
    wanted = list(_readable(batch, run))
    imported = _imported(run.source, [row.read.source_id for row in wanted])
    news = [row for row in wanted if _is_news(row, imported)]
    run.unchanged += len(wanted) - len(news)
    if not news:
        return
    try:
        _write(news, run)
    except DatabaseError:
        # Something in one row that no rule of ours foresaw: it alone stays out, and is named.
        for row in news:
            _write_alone(row, run)


def _is_news(row: Numbered, imported: dict[str, ImportedRow]) -> bool:
    known = imported.get(row.read.source_id)
    return known is None or known.digest != row.digest


def _write_alone(row: Numbered, run: Import) -> None:
    try:
        _write([row], run)
    except DatabaseError as error:
        run.say_no(row.number, row.read.source_id, f"the database refuses it ({type(error).__name__})")


def _readable(batch: list[tuple[int, Any]], run: Import) -> Iterator[Numbered]:
    seen: set[str] = set()
    for number, row in batch:
        try:
            service = read(row, run.today)
            if service.source_id in seen:
                raise CannotTake("its id stands in the file already")
            seen.add(service.source_id)
            yield Numbered(number, service, digest_of(service))
        except CannotTake as reason:
            run.say_no(number, id_of(row), str(reason))


def _imported(source: str, ids: list[str]) -> dict[str, ImportedRow]:
    return {row.source_id: row for row in ImportedRow.objects.filter(source=source, source_id__in=ids)}


@transaction.atomic
def _write(rows: list[Numbered], run: Import) -> None:
    known = known_of([row.read for row in rows], run.source, run.council)
    points = _points(row.read for row in rows)
    plan = Plan(run.council, run.source, run.now)
    expect_guesses(row.read for row in rows)
    for row in rows:
        try:
            known.hold_against(row.read)
            plan.facts.append(facts_of(row.read, row.digest, run.council.nation, run.areas, points))
        except CannotTake as reason:
            run.say_no(row.number, row.read.source_id, str(reason))
    added, changed = write(plan, known)
    run.added, run.changed = run.added + added, run.changed + changed


def _points(reads: Iterable[Read]) -> Points:
    wanted = postcodes_needed(reads)
    if not wanted:
        return {}
    found: dict[str, tuple[int, int]] = {}
    for kept in (Outcode.objects.all(), Postcode.objects.exclude(easting=None)):
        rows = kept.filter(pk__in=wanted).values_list("pk", "easting", "northing")
        found.update({code: (easting or 0, northing or 0) for code, easting, northing in rows})
    return found


@transaction.atomic
def _end(batch: list[tuple[int, Any]], run: Import) -> None:
    """What the source itself says is not given any more leaves the public's sight; a bad feed ends nothing else."""
    gone = {id_of(row) for _number, row in batch if ended(row)} - {""}
    if not gone:
        return
    claimed = ProviderMembership.objects.current().values("provider")
    rows = ImportedRow.objects.filter(source=run.source, source_id__in=gone, service__ended_at=None)
    for row in rows.exclude(provider__in=claimed).select_related("service"):
        take_off_service(service=row.service, by=None, now=run.now)
        # A digest of nothing: should the row come back as active, it is read again.
        ImportedRow.objects.filter(pk=row.pk).update(digest=UUID(int=0))
        run.ended += 1


def publish_waiting(*, source: str, now: datetime.datetime) -> None:
    """Let the public see what imports of this source have written since. Each provider gets one new version."""
    waiting = ImportedRow.objects.filter(source=source, waits=True)
    while keys := list(waiting.order_by("provider").values_list("provider", flat=True).distinct()[:200]):
        _publish(keys, source, now)


@transaction.atomic
def _publish(keys: list[UUID], source: str, now: datetime.datetime) -> None:
    claimed = set(ProviderMembership.objects.current().filter(provider__in=keys).values_list("provider", flat=True))
    ours = Provider.every.filter(pk__in=set(keys) - claimed, left_at=None)
    providers = list(ours.select_related("home_council").defer("home_council__boundary"))
    approve_services(providers=[provider.pk for provider in providers], now=now)
    list_providers(providers=providers, by=None, now=now)
    ImportedRow.objects.filter(source=source, provider__in=keys, waits=True).update(waits=False)
