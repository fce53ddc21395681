"""The virus scanner: ClamAV's clamd, where one is set up. What waits for it is opened by nobody.

An upload is stored first and scanned by the worker, so a scanner that is down stops no carer: files wait, the pages
say so, and `run_due` asks again until it answers. A refused file is destroyed at once.
"""

from __future__ import annotations

import datetime
import logging
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from providers.credentials.letters import write_to_provider
from providers.credentials.storage import discard, throw_away
from providers.credentials.tasks import scan_upload
from providers.models import DraftFile, Evidence
from providers.models.scan import ScanState
from registry.audit.actions import record
from registry.mail.actions import queue

logger = logging.getLogger(__name__)

KINDS: dict[str, type[DraftFile] | type[Evidence]] = {"draft": DraftFile, "evidence": Evidence}
# Longer than a scan ever takes, so that what is overdue has lost its worker or its scanner.
LEASE = datetime.timedelta(minutes=5)
SECONDS_TO_ANSWER = 60
DEFAULT_PORT = 3310


class ScannerSilentError(Exception):
    """No scanner answers, or it could not look: nothing is known about the file."""


def scan(kind: str, row_id: str) -> None:
    """Ask the scanner about one upload and act on it. Harmless to run twice; without an answer the file waits on."""
    row = _claim(kind, row_id)
    if row is None:
        return
    try:
        with row.file.open("rb") as content:
            is_clean = ask(cast(BinaryIO, content))
    except (ScannerSilentError, OSError):
        logger.warning("The virus scanner did not look at an upload; it is asked again")
        return
    if is_clean:
        KINDS[kind].objects.filter(pk=row.pk, scan=ScanState.WAITING).update(scan=ScanState.CLEAN)
    else:
        refuse(kind, row_id)


def ask(content: BinaryIO) -> bool:
    """Whether clamd finds nothing. Raises ScannerSilentError where it says neither yes nor no."""
    try:
        answer = _clamd().instream(content).get("stream", ("", None))[0]
    except (ClamdError, OSError, ValueError) as error:
        raise ScannerSilentError from error
    if answer not in ("OK", "FOUND"):
        raise ScannerSilentError(answer)
    return answer == "OK"


@transaction.atomic
def refuse(kind: str, row_id: str) -> None:
    """Destroy what the scanner found something in, and tell those who sent it in plain words."""
    row = KINDS[kind].objects.select_for_update().get(pk=row_id)
    if isinstance(row, Evidence):
        discard(row, now=timezone.now())
    else:
        throw_away(row)
    row.scan = ScanState.REFUSED
    row.save(update_fields=["scan"])
    subject, body = _("We destroyed a file that you sent"), _letter()
    if isinstance(row, Evidence):
        provider = row.credential.provider
        record("evidence.refused_by_scanner", by=None, target=row, provider_id=provider.pk)
        write_to_provider(provider, subject=subject, body=body)
    else:
        record("evidence.refused_by_scanner", by=None, target=row.draft, provider_id=row.draft.provider_id)
        if row.draft.user:
            queue(to=row.draft.user.email, subject=subject, body=body)


def put_back_overdue() -> int:
    """Ask again about what still waits: its task was lost, its worker died, the scanner was down. Returns how many."""
    if not settings.CLAMD_URL:
        return _release()
    # One that still waits for a worker is not asked for twice: without a worker the queue would grow each minute.
    queued = DBTaskResult.objects.ready().filter(task_path=scan_upload.module_path)
    asked = {tuple(arguments["args"]) for arguments in queued.values_list("args_kwargs", flat=True)}
    due = {(kind, str(pk)) for kind in KINDS for pk in _due(kind).values_list("pk", flat=True)} - asked
    for kind, row_id in sorted(due):
        scan_upload.enqueue(kind, row_id)
    return len(due)


def _claim(kind: str, row_id: str) -> DraftFile | Evidence | None:
    """Take an upload that waits, so that no second worker scans it; None if there is nothing to do."""
    taken = _due(kind).filter(pk=row_id).update(scan_claimed_at=timezone.now())
    return KINDS[kind].objects.get(pk=row_id) if taken else None


def _due(kind: str) -> QuerySet[DraftFile] | QuerySet[Evidence]:
    now = timezone.now()
    # A claim from the future was made by a clock that was wrong.
    free = Q(scan_claimed_at__isnull=True) | ~Q(scan_claimed_at__range=(now - LEASE, now + LEASE))
    return KINDS[kind].objects.filter(free, scan=ScanState.WAITING).exclude(file="")


def _release() -> int:
    """Whoever takes the scanner away has decided that files are opened without one."""
    return sum(
        model.objects.filter(scan=ScanState.WAITING).update(scan=ScanState.NOT_ASKED) for model in KINDS.values()
    )


def _clamd() -> ClamdNetworkSocket:
    parts = urlsplit(settings.CLAMD_URL)
    if parts.scheme == "unix":
        return ClamdUnixSocket(parts.path, timeout=SECONDS_TO_ANSWER)
    return ClamdNetworkSocket(parts.hostname or "", parts.port or DEFAULT_PORT, timeout=SECONDS_TO_ANSWER)


def _letter() -> str:
    return _(
        "Our virus scanner found something in a file that you sent, so we destroyed the file. Nobody opened it. "
        "It does not mean that you did anything wrong.\n\n"
        "What to do: take a photo of the certificate and send that instead. If this happens again, have your "
        "computer or phone checked."
    )
