"""A draft that nobody sends is forgotten, with its files."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _

from providers.joining.actions import delete_draft
from providers.joining.facts import PRICE
from providers.models import Draft, FieldChange
from registry.site import RetentionRule

UNTOUCHED = datetime.timedelta(days=183)


def purge_drafts(today: datetime.date) -> int:
    """Delete what was not touched for six months: one transaction each, so half a job is half done."""
    old = list(Draft.objects.filter(touched_at__date__lt=today - UNTOUCHED))
    for draft in old:
        delete_draft(draft=draft, by=None)
    return len(old)


# As long as somebody may ask why a page said what it said.
DECIDED = datetime.timedelta(days=2 * 365)


def purge_changes(today: datetime.date) -> int:
    """Forget decided changes. Prices stay: the band is measured from the last one that a person approved."""
    old = FieldChange.objects.filter(decided_at__date__lt=today - DECIDED).exclude(fact=PRICE)
    return old.delete()[0]


RULES = [
    RetentionRule(
        "changes",
        _("What a listed provider changed on its page: was, will be, the reasons for a no and the answers"),
        _("Two years after it was decided; of a price, as long as the provider is here"),
        _("So that the provider and its council can see what became of a change, and why."),
        purge_changes,
    ),
    RetentionRule(
        "drafts",
        _("Registrations and changes that were begun and never sent, with their uploaded files"),
        _("Six months after they were last touched"),
        _("So that you can stop and come back; after that long, nobody does."),
        purge_drafts,
    ),
]
