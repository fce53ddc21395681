"""The worker's side of writing to the field. The argument is an id only: arguments stay in the queue's table."""

from __future__ import annotations

from django_tasks import task


@task()
def write_to_field(opportunity_id: int) -> None:
    # Imported here because the action that publishes imports this task.
    from commissioning.opportunities.telling import write_to_all

    write_to_all(opportunity_id)
