"""The papers of a summary: asked for when it is locked, made by the worker, each once.

They are kept as they were made, and not made anew for each reader: the words would be the same, being frozen, but the
bytes would not, and then nobody could tell whether a file is ours.
"""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commissioning.models import Summary, SummaryPaper
from commissioning.models.summary_paper import paper_path
from commissioning.summaries.render import editions_of, pdf_of
from commissioning.summaries.tasks import make_paper


def ask_for_papers(summary: Summary) -> None:
    """Ask the worker for every edition that the summary has words for; goes with the surrounding transaction."""
    for edition in editions_of(summary.facts):
        make_paper.enqueue(SummaryPaper.objects.create(summary=summary, edition=edition).pk)


def make(paper_id: int) -> bool:
    """Set one paper and keep it. Harmless to run twice, or in two places: the first to finish is the one kept."""
    paper = _claim(paper_id)
    if paper is None:
        return False
    return _keep(paper, pdf_of(paper.summary, paper.edition))


def put_back_overdue() -> int:
    """Ask again for what is due: its task was lost, or its worker died. Returns how many."""
    with transaction.atomic():
        # One that still waits for a worker is not asked for twice: without a worker the queue would grow each minute.
        queued = DBTaskResult.objects.ready().filter(task_path=make_paper.module_path)
        asked = {arguments["args"][0] for arguments in queued.values_list("args_kwargs", flat=True)}
        ids = set(SummaryPaper.objects.due(timezone.now()).values_list("pk", flat=True)) - asked
        for paper_id in sorted(ids):
            make_paper.enqueue(paper_id)
    return len(ids)


def end_papers(summary: Summary) -> None:
    """The files go once the rows say so; what was not made yet is never made. Digests stay, to know a copy by."""
    paths = {str(paper.file.name) or paper_path(paper, "") for paper in summary.papers.all()}
    storage = SummaryPaper._meta.get_field("file").storage
    summary.papers.filter(made_at__isnull=True).delete()
    summary.papers.update(file="")

    def throw_away() -> None:
        for path in sorted(paths):
            storage.delete(path)

    transaction.on_commit(throw_away)


def _claim(paper_id: int) -> SummaryPaper | None:
    """Take a paper that is due, so that no second worker sets it; None if there is nothing to do."""
    now = timezone.now()
    taken = SummaryPaper.objects.due(now).filter(pk=paper_id).update(claimed_at=now, tries=F("tries") + 1)
    return SummaryPaper.objects.select_related("summary").get(pk=paper_id) if taken else None


@transaction.atomic
def _keep(paper: SummaryPaper, pdf: bytes) -> bool:
    """Store the file and say so. Nobody else may be at it: a file written by two would be neither's."""
    held = SummaryPaper.objects.select_for_update().filter(pk=paper.pk, made_at__isnull=True).first()
    if held is None:
        return False
    path, storage = paper_path(paper, ""), held.file.storage
    storage.delete(path)
    held.file.name = storage.save(path, ContentFile(pdf))
    held.digest, held.made_at = hashlib.sha256(pdf).hexdigest(), timezone.now()
    held.save(update_fields=["file", "digest", "made_at"])
    return True
