"""Certificates into storage and out again: out after the database agreed, never before, and never forgotten."""

from __future__ import annotations

import datetime
import logging

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.db import transaction
from django.utils import timezone

from providers.credentials.evidence import Cleaned
from providers.credentials.tasks import scan_upload
from providers.models import DraftFile, Evidence
from providers.models.evidence import evidence_path
from providers.models.scan import ScanState

logger = logging.getLogger(__name__)

FOLDER = "evidence"
# An upload is in storage before its row is committed; nothing takes a day to commit.
TOO_YOUNG_TO_JUDGE = datetime.timedelta(days=1)


class NotStored(Exception):
    """There was no room for a file, or no answer from where files are kept. Nothing of it is left behind."""


def put_away(upload: Cleaned, row: DraftFile | Evidence) -> None:
    """Store what was made anew, and save its row. Raises NotStored."""
    row.content_type, row.size = upload.content_type, upload.content.size
    row.scan = upload.scan if upload.scan == ScanState.CLEAN else _first_state()
    upload.content.seek(0)
    try:
        row.file.save("certificate", upload.content, save=False)
    except Exception as error:
        # Every kind of storage fails in its own way: a full disk, a bucket that does not answer.
        logger.exception("An upload could not be stored")
        _take_back(evidence_path(row, ""))
        raise NotStored from error
    row.save()
    if row.scan == ScanState.WAITING:
        scan_upload.enqueue("evidence" if isinstance(row, Evidence) else "draft", str(row.pk))


def _first_state() -> ScanState:
    return ScanState.WAITING if settings.CLAMD_URL else ScanState.NOT_ASKED


def _take_back(name: str) -> None:
    """A disk that fills up keeps the first half of a file."""
    try:
        default_storage.delete(name)
    except Exception:
        # It is an orphan then, and `sweep` takes it.
        logger.warning("What was half stored is left for the sweep")


def discard(evidence: Evidence, *, now: datetime.datetime) -> None:
    """Forget a file: the row says so now, the file goes when the transaction is safe.

    A rollback keeps both. A crash between the two leaves a file that no row names, and `sweep` takes it.
    """
    name = evidence.file.name or ""
    evidence.file = ""
    evidence.purged_at = now
    evidence.save(update_fields=["file", "purged_at"])
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def throw_away(kept: DraftFile) -> None:
    """Empty a row of a draft, as `discard` does, where the row has to stay and say why."""
    name, kept.file = kept.file.name or "", ""
    kept.save(update_fields=["file"])
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def drop(kept: DraftFile) -> None:
    """Row now, file once that is certain: a file must not go for a change that is rolled back."""
    name = kept.file.name or ""
    kept.delete()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def sweep(now: datetime.datetime) -> int:
    """Delete the stored files that no row names any more, a folder at a time. Returns how many."""
    if not _is_folder(default_storage, FOLDER):
        return 0
    folders, _files = default_storage.listdir(FOLDER)
    return sum(_sweep_folder(f"{FOLDER}/{folder}", now) for folder in folders)


def _sweep_folder(folder: str, now: datetime.datetime) -> int:
    _folders, files = default_storage.listdir(folder)
    names = [f"{folder}/{file}" for file in files]
    named = set(Evidence.objects.filter(file__in=names).values_list("file", flat=True))
    named |= set(DraftFile.objects.filter(file__in=names).values_list("file", flat=True))
    orphans = [name for name in names if name not in named and _is_old(name, now)]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)


def _is_old(name: str, now: datetime.datetime) -> bool:
    modified = default_storage.get_modified_time(name)
    aware = modified if timezone.is_aware(modified) else timezone.make_aware(modified)
    return aware < now - TOO_YOUNG_TO_JUDGE


def _is_folder(storage: Storage, name: str) -> bool:
    # Object stores have no folders and list an empty one as nothing; a disk that never held a file raises.
    try:
        storage.listdir(name)
    except FileNotFoundError:
        return False
    return True
