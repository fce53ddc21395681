"""Every write about keys of the API."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from providers.api.rules import MOST_KEYS, digest_of, last_day, new_key
from providers.models import ApiKey
from registry.audit.actions import record
from registry.models import User


class TooManyKeys(Exception):
    """More than a person can keep apart."""


@transaction.atomic
def make_key(*, name: str, days: int, after_second_step: bool, by: User, now: datetime.datetime) -> tuple[ApiKey, str]:
    """The row, and the key itself: this is the only time that anybody has it. Raises TooManyKeys."""
    # Two presses at once take turns, so that the last free place is given once.
    User.objects.select_for_update().get(pk=by.pk)
    today = timezone.localdate(now)
    if ApiKey.objects.filter(user=by).open_on(today).count() >= MOST_KEYS:
        raise TooManyKeys
    key = new_key()
    row = ApiKey.objects.create(
        user=by,
        name=name,
        digest=digest_of(key),
        after_second_step=after_second_step,
        created_at=now,
        expires_on=last_day(today, days),
    )
    record("api_key.made", by=by, target=row)
    return row, key


@transaction.atomic
def end_key(*, key: ApiKey, by: User) -> None:
    """At once: the next request with it is refused."""
    record("api_key.ended", by=by, target=key)
    key.delete()


def note_use(*, key: ApiKey, today: datetime.date) -> None:
    """The day, and no more: who asked what is not kept. One write a day for each key."""
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)


def end_keys_of(user: User, by: User) -> None:
    """A person leaves: nothing acts for them any more."""
    for key in ApiKey.objects.filter(user=user):
        end_key(key=key, by=by)
