"""The worker's side of scanning. The arguments are ids only: arguments stay in the queue's table."""

from __future__ import annotations

from django_tasks import task


@task()
def scan_upload(kind: str, row_id: str) -> None:
    # Imported here because storing a file asks for this task.
    from providers.credentials.scanning import scan

    scan(kind, row_id)
