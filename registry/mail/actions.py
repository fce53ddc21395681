"""Mail is written down with the change it tells of, and sent by the worker: nothing is lost when a process dies."""

from __future__ import annotations

import datetime
import uuid
from email.utils import make_msgid
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from registry.mail.tasks import send_mail
from registry.models import OutgoingMail, User

MOST_TRIES = 8
KEPT = datetime.timedelta(days=7)


def queue(*, to: str, subject: str, body: str, reply_to: str = "", forgets_to: bool = False) -> OutgoingMail:
    """Write a plain-text message down and ask the worker to send it; both go with the surrounding transaction.

    `reply_to` is whom an answer goes to; without it answers go to nobody. With `forgets_to` the
    address is blanked as soon as the message is sent, or given up.
    """
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    mail = OutgoingMail.objects.create(
        to=to,
        subject=subject,
        body=body,
        reply_to=reply_to,
        forgets_to=forgets_to,
        message_id=make_msgid(uuid.uuid4().hex, domain=domain),
    )
    send_mail.enqueue(mail.pk)
    return mail


def claim(mail_id: int) -> OutgoingMail | None:
    """Take a message that is due, so that no second worker sends it; None if there is nothing to do."""
    now = timezone.now()
    taken = OutgoingMail.objects.due(now).filter(pk=mail_id).update(claimed_at=now, tries=F("tries") + 1)
    return OutgoingMail.objects.get(pk=mail_id) if taken else None


def deliver(mail_id: int) -> bool:
    """Send one message. A repeat after a crash carries the same Message-ID; a failure leaves it due again."""
    mail = claim(mail_id)
    if mail is None:
        return False
    message = EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id},
    )
    try:
        message.send()
    except SMTPRecipientsRefused as refusal:
        _bounce(mail) if _for_ever(refusal) else _put_off(mail)
        return False
    except (OSError, ValueError):
        # No server answers, or the message itself cannot be sent: neither is tried for ever.
        _put_off(mail)
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), **_forgotten(mail))
    # Only what differs is written: nearly every address has never failed.
    User.objects.filter(email__iexact=mail.to, mail_bounced_at__isnull=False).update(mail_bounced_at=None)
    return True


def _put_off(mail: OutgoingMail) -> None:
    if mail.tries >= MOST_TRIES:
        OutgoingMail.objects.filter(pk=mail.pk).update(given_up_at=timezone.now(), **_forgotten(mail))


def _forgotten(mail: OutgoingMail) -> dict[str, str]:
    return {"to": ""} if mail.forgets_to else {}


def _for_ever(refusal: SMTPRecipientsRefused) -> bool:
    """Whether the server will never take mail for the address (a code of 5xx), or only not now (4xx)."""
    return all(500 <= code < 600 for code, _words in refusal.recipients.values())


@transaction.atomic
def _bounce(mail: OutgoingMail) -> None:
    """Nobody is at the address. The person is told on the pages, since no message will reach them."""
    now = timezone.now()
    OutgoingMail.objects.filter(pk=mail.pk).update(given_up_at=now, bounced_at=now, **_forgotten(mail))
    User.objects.filter(email__iexact=mail.to).update(mail_bounced_at=now)


def put_back_overdue() -> int:
    """Ask again for every message that is due: its task was lost, or its worker died. Returns how many."""
    with transaction.atomic():
        # One that still waits for a worker is not asked for twice: without a worker the queue would grow each minute.
        waiting = DBTaskResult.objects.ready().filter(task_path=send_mail.module_path)
        asked = {arguments["args"][0] for arguments in waiting.values_list("args_kwargs", flat=True)}
        ids = set(OutgoingMail.objects.due(timezone.now()).values_list("pk", flat=True)) - asked
        for mail_id in sorted(ids):
            send_mail.enqueue(mail_id)
    return len(ids)


def blank_old(today: datetime.date) -> int:
    """Take the words and the address out of every message that was sent, or given up, more than a week ago."""
    ended = models.Q(sent_at__date__lt=today - KEPT) | models.Q(given_up_at__date__lt=today - KEPT)
    return OutgoingMail.objects.filter(ended).exclude(to="", body="").update(to="", subject="", body="", reply_to="")
