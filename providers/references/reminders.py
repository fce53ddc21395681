"""One reminder to a customer who has not answered, a week after they were asked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import TruncDate
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.models import Reference
from providers.models.reference import REFERENCE_LASTS
from providers.references.links import link_to, state_of
from providers.references.rules import State
from registry.mail.actions import queue
from registry.models import OutgoingMail
from registry.reminders.ladders import Due, Ladder, not_reminded
from registry.reminders.rules import Window

NAME = "reference-unanswered"
A_WEEK_AFTER_ASKING = REFERENCE_LASTS.days - 7


def due(window: Window) -> Iterable[Due]:
    """Questions that stand open, by the day on which their links end."""
    ends = ExpressionWrapper(F("asked_at") + REFERENCE_LASTS, output_field=DateTimeField())
    open_ones = Reference.objects.filter(answered_at=None, declined_at=None, withdrawn_at=None, purged_at=None)
    rows = (
        open_ones.filter(provider__left_at__isnull=True)
        .annotate(ends_on=TruncDate(ends))
        .filter(
            not_reminded(NAME, window, subject="pk", due_on="ends_on"),
            ends_on__gte=window.first,
            ends_on__lte=window.last,
        )
        .order_by("ends_on", "pk")
        .values_list("pk", "ends_on", "provider_id")
    )
    return (Due(pk, ends_on, provider) for pk, ends_on, provider in rows.iterator())


def tell(due: Due, rung: int, today: datetime.date) -> Sequence[OutgoingMail]:
    reference = Reference.objects.select_related("provider__home_council").get(pk=due.subject_id)
    if state_of(reference, timezone.now()) is not State.ASKED:
        # Answered, or taken back, since it was found to be due.
        return []
    provider = reference.provider
    words = {
        "reference": reference,
        "provider": provider,
        "council": provider.home_council,
        "link": link_to(reference),
        "until": reference.asked_at + REFERENCE_LASTS,
        "is_reminder": True,
    }
    subject = _("%(provider)s would still like a reference") % {"provider": provider.name}
    body = render_to_string("mail/reference_asked.txt", words)
    return [queue(to=reference.customer_email, subject=subject, body=body)]


LADDER = Ladder(NAME, (A_WEEK_AFTER_ASKING,), due, tell)
