"""The link in the e-mail: signed, good for one thing and for a time. Whoever holds it can only say "still right"."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "providers.confirming"
# The first message goes out two weeks before the day, and people read old mail.
LASTS = datetime.timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """What a link asks about: a provider, and the day up to which the last confirmation was good."""

    provider_id: uuid.UUID
    due_on: datetime.date


class LinkEnded(Exception):
    """Too old, cut short by a mail program, or not one of ours."""


def address(asked: Asked) -> str:
    token = signing.dumps([asked.provider_id.hex, asked.due_on.isoformat()], salt=SALT)
    return settings.SITE_URL + reverse("still_right", args=[token])


def read(token: str) -> Asked:
    try:
        provider, due_on = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature as wrong:
        raise LinkEnded from wrong
    return Asked(uuid.UUID(provider), datetime.date.fromisoformat(due_on))
