"""When what the feed says of a service last changed: by somebody's doing, which the audit tells, or by the calendar.

What ends on a day is not current from the first second of the next one (rule 5), without anybody doing anything. So
the moment of a change is worked out from dates, and who asks "what has changed since" is told of a passed midnight too.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone

from providers.listings.freshness import GOOD_FOR
from providers.models import Credential
from registry.models import AuditEvent

A_DAY = datetime.timedelta(days=1)
# The first day on which an old confirmation is told as what it was.
STALE_AFTER = GOOD_FOR + A_DAY
CHANGING = (
    "provider.listed",
    "provider.unlisted",
    "provider.imported",
    "provider.confirmed",
    "provider.left",
    "provider.left_feed",
    "provider.back_in_feed",
    "provider.suspended",
    "provider.put_back",
    "service.taken_off",
    "credential.seen",
    "credential.not_accepted",
    "credential.taken_back",
    "credential.relied",
    "credential.withdrawn",
    "dbs.seen",
    "dbs.answered",
)


def midnight(day: datetime.date) -> datetime.datetime:
    """The first moment of a day by the clock in the United Kingdom."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def last_turn(days: Iterable[datetime.date | None], today: datetime.date) -> datetime.datetime | None:
    """The midnight at which the newest of these days began that has come; None where none has."""
    come = [day for day in days if day is not None and day <= today]
    return midnight(max(come)) if come else None


def newest_changes(providers: Collection[UUID]) -> dict[UUID, datetime.datetime]:
    """By provider, when somebody last did what changes the feed."""
    events = AuditEvent.objects.filter(provider_id__in=providers, verb__in=CHANGING).order_by()
    return {provider: at for provider, at in events.values_list("provider_id").annotate(Max("at")) if provider}


def turning_days(providers: Collection[UUID]) -> dict[UUID, list[datetime.date | None]]:
    """By provider, the days on which something that a council saw begins to hold or has ceased to."""
    days: defaultdict[UUID, list[datetime.date | None]] = defaultdict(list)
    seen = Credential.listed.filter(provider__in=providers)
    for provider, starts, ends in seen.values_list("provider", "starts_on", "ends_on"):
        days[provider] += [starts, ends + A_DAY if ends else None]
    return days


def changed_since(moment: datetime.datetime, today: datetime.date) -> Q:
    """Of listings: those whose last change, as `last_modified` tells it, is at this moment or later."""
    day = timezone.localdate(moment)
    first = day if midnight(day) >= moment else day + A_DAY
    begins, ended = (first, today), (first - A_DAY, today - A_DAY)
    seen = Credential.listed.filter(Q(starts_on__range=begins) | Q(ends_on__range=ended))
    told = AuditEvent.objects.filter(at__gte=moment, verb__in=CHANGING, provider_id__isnull=False)
    return (
        Q(version__approved_at__gte=moment)
        | Q(provider__in=told.values("provider_id"))
        | Q(provider__in=seen.values("provider"))
        | Q(away_until__range=begins)
        | Q(confirmed_on__range=(first - STALE_AFTER, today - STALE_AFTER))
    )


def last_change_of_all(today: datetime.date) -> datetime.datetime:
    """Not earlier than the last change of any answer of the feed: what somebody did last, or the midnight just past.

    Who leaves changes a list without leaving a row in it, so a list goes by this and not by its own rows.
    """
    newest = AuditEvent.objects.filter(verb__in=CHANGING).order_by("-at").values_list("at", flat=True).first()
    return max(newest, midnight(today)) if newest else midnight(today)
