"""What a provider's public page says about writing to it: whether one can, whether there is room, how long it takes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import PositiveSmallIntegerField, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.credentials.wording import day
from providers.enquiring.letters import people_of
from providers.enquiring.rules import usual_hours
from providers.models import AnswerTime, Enquiry, Provider
from providers.models.availability import Space

LOOKED_BACK = datetime.timedelta(days=365)
# What has waited so long counts as not answered, while it is kept.
LATE = datetime.timedelta(days=14)
A_DAY = 24


@dataclass(frozen=True)
class Asking:
    """`not_free` says, service by service, who has no room or is away: to be read before anybody writes."""

    slug: str
    can_write: bool
    usually: str
    not_free: list[str] = field(default_factory=list)


def asking(provider: Provider, content: dict[str, Any], now: datetime.datetime) -> Asking:
    """`content` is the frozen listing that the public reads."""
    today = timezone.localdate(now)
    said = [not_free(service, today) for service in content["services"]]
    can_write = bool(content["email"] or people_of(provider))
    return Asking(provider.slug, can_write, usually(provider.pk, now), [words for words in said if words])


def not_free(service: dict[str, Any], today: datetime.date) -> str:
    """Of one frozen service; empty where there may be room."""
    availability = service["availability"]
    words = {"service": service["name"]}
    if availability["space"] == Space.FULL:
        return _("%(service)s: they said that they are full.") % words
    if availability["space"] == Space.WAITING:
        return _("%(service)s: they have a waiting list.") % words
    if availability["space"] != Space.AWAY:
        return ""
    back = datetime.date.fromisoformat(availability["away_until"])
    return _("%(service)s: they are away until %(day)s.") % {**words, "day": day(back)} if back > today else ""


def usually(provider_id: UUID, now: datetime.datetime) -> str:
    """How soon they mostly answer, in words; empty until ten have been answered, and where most never were."""
    kept = AnswerTime.objects.filter(provider=provider_id, week__gte=(now - LOOKED_BACK).date())
    waits = Enquiry.objects.unanswered().filter(provider=provider_id, relayed_at__lt=now - LATE)
    never = waits.annotate(hours=Value(None, PositiveSmallIntegerField()))
    told = kept.order_by().values_list("hours").union(never.order_by().values_list("hours"), all=True)
    hours = usual_hours([one for (one,) in told])
    return _in_words(hours) if hours is not None else ""


def _in_words(hours: float) -> str:
    if hours <= A_DAY:
        return _("They usually answer within a day.")
    if hours <= 3 * A_DAY:
        return _("They usually answer within three days.")
    if hours <= 7 * A_DAY:
        return _("They usually answer within a week.")
    return _("They usually take more than a week to answer.")
