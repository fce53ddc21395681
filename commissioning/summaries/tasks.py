"""The worker's side of a summary's papers. The argument is an id only: arguments stay in the queue's table."""

from __future__ import annotations

from django_tasks import task


@task()
def make_paper(paper_id: int) -> None:
    # Imported here because locking asks for this task.
    from commissioning.summaries.papers import make

    make(paper_id)
