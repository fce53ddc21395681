"""A link back to the list of steps, by e-mail. It opens nothing by itself: whoever follows it signs in."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from providers.models import Provider
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import AuditEvent, User

SENT = "draft.link_sent"
MOST, WITHIN = 3, datetime.timedelta(hours=1)


class TooManyLinks(Exception):
    """Enough for anybody: past this it would only fill a mailbox."""


@transaction.atomic
def send_link_back(*, by: User, provider: Provider | None, address: str, now: datetime.datetime) -> None:
    """To the person's own address, and to no other. Raises TooManyLinks past three in an hour."""
    # Two presses at once take turns, so that both are counted.
    User.objects.select_for_update().get(pk=by.pk)
    if AuditEvent.objects.filter(verb=SENT, by=by, at__gt=now - WITHIN).count() >= MOST:
        raise TooManyLinks
    record(SENT, by=by, target=by, provider_id=provider.pk if provider else None)
    body = render_to_string("mail/come_back.txt", {"address": settings.SITE_URL + address})
    queue(to=by.email, subject=_("Your link to carry on"), body=body)
