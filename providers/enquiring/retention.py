"""When what somebody asked goes: whole, and with no trace of who it was."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.enquiring.actions import delete
from providers.models import AnswerTime, Enquiry
from providers.models.enquiry import ENQUIRY_KEPT
from registry.site import RetentionRule

# Nobody pressed the link: most of these are machines'.
HELD_KEPT = datetime.timedelta(days=3)
TIMES_KEPT = datetime.timedelta(days=2 * 366)


def purge_enquiries(today: datetime.date) -> int:
    old = Q(asked_at__date__lte=today - ENQUIRY_KEPT)
    never_pressed = Q(relayed_at__isnull=True, asked_at__date__lte=today - HELD_KEPT)
    due = list(Enquiry.objects.filter(old | never_pressed))
    for enquiry in due:
        delete(enquiry=enquiry, by=None)
    return len(due)


def purge_answer_times(today: datetime.date) -> int:
    return AnswerTime.objects.filter(week__lt=today - TIMES_KEPT).delete()[0]


RULES = [
    RetentionRule(
        "enquiries",
        _("What you asked a provider, your name, and the e-mail address or phone number for the answer"),
        _("90 days; three days if you did not press the link we sent you; at once if you take it back"),
        _("So that they can answer you, and both of you can look it up."),
        purge_enquiries,
    ),
    RetentionRule(
        "answer_times",
        _("How long a provider took to answer, by the week. Nothing about who asked, or what"),
        _("Two years"),
        _("So that families can see whether an answer comes soon."),
        purge_answer_times,
    ),
]
