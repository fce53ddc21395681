"""What a council keeps of its searches: saved searches, lists of services, notes. Every write of them."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone

from commissioning.models import CouncilList, CouncilListEntry, CouncilNote, SavedSearch
from providers.models import Provider, Service
from registry.audit.actions import record
from registry.models import Council, User

SAVED_AT_MOST = 50
LISTS_AT_MOST = 200
ON_A_LIST_AT_MOST = 500


class TooManyError(Exception):
    """More are kept than anybody reads: something has to go first."""


class NameTakenError(Exception):
    """Another one has the name already."""


@transaction.atomic
def save_search(
    *, by: User, council: Council, name: str, query: str, digest: str, found: dict[str, int], today: datetime.date
) -> SavedSearch:
    """Saved again under the same name, it is the same search with the new questions: a second press is harmless."""
    mine = SavedSearch.objects.select_for_update().filter(council=council, owner=by)
    if not mine.filter(name=name).exists() and mine.count() >= SAVED_AT_MOST:
        raise TooManyError
    facts = {"query": query, "digest": digest, "found": found, "looked_on": today}
    saved, _made = SavedSearch.objects.update_or_create(council=council, owner=by, name=name, defaults=facts)
    record("saved_search.saved", by=by, target=saved, council=council)
    return saved


@transaction.atomic
def change_digest(*, by: User | None, saved: SavedSearch, digest: str) -> None:
    """By its owner, or by whoever holds the link in the mail (`by` is None then), who can only stop it."""
    saved = SavedSearch.objects.select_for_update().get(pk=saved.pk)
    if saved.digest != digest:
        saved.digest = digest
        saved.save(update_fields=["digest"])
        record("saved_search.changed", by=by, target=saved, council=saved.council_id, fields=["digest"])


@transaction.atomic
def delete_search(*, by: User, saved: SavedSearch) -> None:
    record("saved_search.deleted", by=by, target=saved, council=saved.council_id)
    saved.delete()


@transaction.atomic
def make_list(*, by: User, council: Council, name: str) -> CouncilList:
    """The list of this name: a new one, or the one that there is."""
    there = CouncilList.objects.filter(council=council, name=name).first()
    if there:
        return there
    if CouncilList.objects.filter(council=council).count() >= LISTS_AT_MOST:
        raise TooManyError
    made, is_new = CouncilList.objects.get_or_create(council=council, name=name, defaults={"made_by": by})
    if is_new:
        record("council_list.made", by=by, target=made, council=council)
    return made


@transaction.atomic
def keep(*, by: User, kept: CouncilList, services: Collection[Service]) -> int:
    """Put services on a list. Returns how many were not there before."""
    kept = CouncilList.objects.select_for_update().get(pk=kept.pk)
    there = set(kept.entries.values_list("service_id", flat=True))
    new = [service for service in services if service.pk not in there]
    if len(there) + len(new) > ON_A_LIST_AT_MOST:
        raise TooManyError
    for service in new:
        entry = CouncilListEntry.objects.create(list=kept, service=service, added_by=by)
        record("council_list.added", by=by, target=entry, council=kept.council_id)
    _changed(kept)
    return len(new)


@transaction.atomic
def take_off(*, by: User, kept: CouncilList, service: Service) -> None:
    entry = kept.entries.filter(service=service).first()
    if entry is not None:
        record("council_list.removed", by=by, target=entry, council=kept.council_id)
        entry.delete()
        _changed(kept)


def rename_list(*, by: User, kept: CouncilList, name: str) -> None:
    try:
        with transaction.atomic():
            CouncilList.objects.filter(pk=kept.pk).update(name=name, changed_at=timezone.now())
            record("council_list.renamed", by=by, target=kept, council=kept.council_id, fields=["name"])
    except IntegrityError as taken:
        raise NameTakenError from taken


@transaction.atomic
def delete_list(*, by: User, kept: CouncilList) -> None:
    record("council_list.deleted", by=by, target=kept, council=kept.council_id)
    kept.delete()


@transaction.atomic
def write_note(*, by: User, council: Council, provider: Provider, words: str) -> CouncilNote:
    """The audit names no provider: its own log is part of what it may take along, and the note is not."""
    note = CouncilNote.objects.create(council=council, provider=provider, words=words, by=by)
    record("council_note.written", by=by, target=note, council=council)
    return note


@transaction.atomic
def delete_note(*, by: User, note: CouncilNote) -> None:
    record("council_note.deleted", by=by, target=note, council=note.council_id)
    note.delete()


def _changed(kept: CouncilList) -> None:
    CouncilList.objects.filter(pk=kept.pk).update(changed_at=timezone.now())
