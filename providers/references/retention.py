"""When the name, the address and the words of a customer go."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.credentials.kinds import REFERENCES
from providers.models import Check, Reference
from providers.models.reference import REFERENCE_LASTS
from providers.references.actions import forget
from registry.site import RetentionRule

NEVER_READ = datetime.timedelta(days=365)


def purge_references(today: datetime.date) -> int:
    """Those that a council read before today, that nobody answered in time, and that nobody came to read."""
    read = Check.objects.filter(
        credential__provider=OuterRef("provider"),
        credential__kind=REFERENCES,
        credential__created_at__gte=OuterRef("answered_at"),
        recorded_at__date__lt=today,
    )
    due = Reference.objects.filter(purged_at__isnull=True).filter(
        Q(answered_at__isnull=False) & Exists(read)
        | Q(answered_at__isnull=True, asked_at__date__lt=today - REFERENCE_LASTS)
        | Q(answered_at__date__lte=today - NEVER_READ)
    )
    ids = list(due.values_list("pk", flat=True))
    for pk in ids:
        # One transaction each: a job killed half way has done the first half.
        with transaction.atomic():
            reference = Reference.objects.select_for_update().filter(pk=pk, purged_at__isnull=True).first()
            if reference is not None:
                forget(reference, timezone.now())
    return len(ids)


RULES = [
    RetentionRule(
        "references",
        _("The name and e-mail address of a customer asked for a reference, and what they wrote"),
        _(
            "Until the day after a council read it; 30 days after they were asked if they do not answer; twelve months "
            "if no council reads it; at once if they would rather not, or the provider takes it back"
        ),
        _("A council reads how it was. After that, only that somebody answered is of use."),
        purge_references,
    )
]
