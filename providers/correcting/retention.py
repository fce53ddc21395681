"""When what somebody said was wrong goes, and how to reach them."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.correcting.actions import forget
from providers.models import Correction
from registry.site import RetentionRule

WORDS_KEPT = datetime.timedelta(days=30)
NEVER_CLOSED = datetime.timedelta(days=365)
ROW_KEPT = datetime.timedelta(days=365)


def purge_corrections(today: datetime.date) -> int:
    """Words and addresses a month after closing, and of what nobody closed in a year; the rest after one more."""
    due = Correction.objects.filter(purged_at__isnull=True).filter(
        Q(closed_at__date__lt=today - WORDS_KEPT) | Q(told_at__date__lt=today - NEVER_CLOSED)
    )
    ids = list(due.values_list("pk", flat=True))
    for pk in ids:
        with transaction.atomic():
            forget(Correction.objects.select_for_update(of=("self",)).get(pk=pk))
    over = Correction.objects.filter(purged_at__isnull=False, told_at__date__lt=today - NEVER_CLOSED - ROW_KEPT)
    return len(ids) + over.delete()[0]


RULES = [
    RetentionRule(
        "corrections",
        _("What you told us is wrong on a page, and your e-mail address if you left it"),
        _("30 days after it was closed, and never longer than a year; that something was wrong, for two years"),
        _("So that it can be put right, and we can tell you. The provider does not learn who told us."),
        purge_corrections,
    )
]
