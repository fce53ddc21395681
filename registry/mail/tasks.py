"""The worker's side of mail. The argument is an id only: arguments stay in the queue's table."""

from __future__ import annotations

from django_tasks import task


@task()
def send_mail(mail_id: int) -> None:
    # Imported here because the action that queues mail imports this task.
    from registry.mail.actions import deliver

    deliver(mail_id)
