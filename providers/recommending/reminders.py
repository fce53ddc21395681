"""One mail to somebody who asked here and was answered: how did it go? A month later, and only once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import DateField, F
from django.db.models.functions import Cast, TruncDate

from providers.models import Enquiry, Provider
from providers.recommending.actions import invite_after_enquiry
from providers.recommending.rules import ASKED_AFTER
from registry.models import OutgoingMail
from registry.reminders.ladders import Due, Ladder, not_reminded
from registry.reminders.rules import Window

NAME = "how-did-it-go"


def due(window: Window) -> Iterable[Due]:
    """Enquiries answered a month before the window, whose sender did not say no to being asked."""
    rows = (
        Enquiry.objects.filter(
            answered_at__isnull=False,
            withdrawn_at__isnull=True,
            not_asked_later_since__isnull=True,
            provider__in=Provider.listed.all(),
        )
        .exclude(email="")
        .annotate(due_on=Cast(TruncDate("answered_at") + ASKED_AFTER, DateField()))
        .filter(
            not_reminded(NAME, window, subject="pk", due_on="due_on"),
            due_on__range=(window.first, window.last),
        )
        .order_by("due_on", "pk")
        .values_list("pk", F("due_on"), "provider_id")
    )
    return (Due(pk, due_on, provider) for pk, due_on, provider in rows.iterator())


def tell(due: Due, rung: int, today: datetime.date) -> Sequence[OutgoingMail]:
    enquiries = Enquiry.objects.filter(withdrawn_at__isnull=True, not_asked_later_since__isnull=True)
    enquiry = enquiries.select_related("provider__home_council").filter(pk=due.subject_id).exclude(email="").first()
    if enquiry is None:
        # Taken back, or said no, since it was found to be due.
        return []
    mail = invite_after_enquiry(provider=enquiry.provider, email=enquiry.email)
    return [mail] if mail is not None else []


LADDER = Ladder(NAME, (0,), due, tell)
