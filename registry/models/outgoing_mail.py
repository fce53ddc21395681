from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone

LEASE = datetime.timedelta(minutes=10)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, moment: datetime.datetime) -> OutgoingMailQuerySet:
        """Not sent, and on nobody's desk: never claimed, or claimed by a worker that must have died.

        A claim from the future was made by a clock that was wrong: nobody waits until that day has come.
        """
        held = models.Q(claimed_at__range=(moment - LEASE, moment + LEASE))
        free = models.Q(claimed_at__isnull=True) | ~held
        return self.filter(free, sent_at__isnull=True, given_up_at__isnull=True)


class OutgoingMail(models.Model):
    """A message written in the same transaction as the change it tells of, sent by the worker, then blanked."""

    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    # Whom an answer goes to, where the one who wrote has said that it may.
    reply_to = models.EmailField(blank=True)
    # To somebody who never gave us their address: it goes as soon as the message has.
    forgets_to = models.BooleanField(default=False)
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    # The server will never take it for this address: asking again would be no use.
    bounced_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mail {self.pk}"
