"""One reminder to a provider that has not answered, three days after it was asked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import DateField, F
from django.db.models.functions import Cast, TruncDate

from providers.enquiring.letters import relay
from providers.models import Enquiry
from registry.models import OutgoingMail
from registry.reminders.ladders import Due, Ladder, not_reminded
from registry.reminders.rules import Window

NAME = "enquiry-unanswered"
AFTER = datetime.timedelta(days=3)


def due(window: Window) -> Iterable[Due]:
    """What was passed on three days before the window, and stands unanswered."""
    rows = (
        Enquiry.objects.unanswered()
        .filter(provider__left_at__isnull=True)
        .annotate(due_on=Cast(TruncDate("relayed_at") + AFTER, DateField()))
        .filter(
            not_reminded(NAME, window, subject="pk", due_on="due_on"),
            due_on__range=(window.first, window.last),
        )
        .order_by("due_on", "pk")
        .values_list("pk", F("due_on"), "provider_id")
    )
    return (Due(pk, due_on, provider) for pk, due_on, provider in rows.iterator())


def tell(due: Due, rung: int, today: datetime.date) -> Sequence[OutgoingMail]:
    enquiries = Enquiry.objects.unanswered().select_related("provider__home_council", "service")
    # Answered, taken back or deleted since it was found to be due: then there is nobody to remind.
    enquiry = enquiries.filter(pk=due.subject_id).first()
    return relay(enquiry, is_reminder=True) if enquiry is not None else []


LADDER = Ladder(NAME, (0,), due, tell)
