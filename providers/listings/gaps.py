"""People without a provider: that nobody was found, for whom the market pages look. Kind of help, district and day."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from providers.meaning.vocabulary import vocabulary
from providers.models import UnmetNeed
from registry.models import District
from registry.site import RetentionRule

# One line may name several needs; more than this is no line of a person's.
MOST_KINDS = 6
KEPT = datetime.timedelta(days=3 * 366)


def is_known(category: str) -> bool:
    return any(term.code == category for term in vocabulary().terms)


@transaction.atomic
def record_gap(*, categories: Collection[str], district: str, today: datetime.date) -> int:
    """One more day-sum for each kind of help, or for help of no known kind; how many were written.

    Nobody signs it, so there is no `by`, and no line in the audit: a sum of a day is all that there is. Raises
    District.DoesNotExist for a district that is none.
    """
    here = District.objects.get(pk=district)
    kinds: list[str | None] = [*sorted({code for code in categories if is_known(code)})[:MOST_KINDS]]
    for code in kinds or [None]:
        row, is_new = UnmetNeed.objects.get_or_create(district=here, category_id=code, day=today)
        if not is_new:
            UnmetNeed.objects.filter(pk=row.pk).update(times=F("times") + 1)
    return len(kinds) or 1


def purge_gaps(today: datetime.date) -> int:
    return UnmetNeed.objects.filter(day__lt=today - KEPT).delete()[0]


RULES = [
    RetentionRule(
        "unmet_needs",
        _("That nobody was found: the kind of help, the district and the day. No postcode, no words, no names"),
        _("Three years"),
        _("So that a council sees what is missing where, and whether that changes"),
        purge_gaps,
    )
]
