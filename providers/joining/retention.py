"""A draft that nobody sends is forgotten, with its files."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _

from providers.joining.actions import delete_draft
from providers.models import Draft
from registry.site import RetentionRule

UNTOUCHED = datetime.timedelta(days=183)


def purge_drafts(today: datetime.date) -> int:
    """Delete what was not touched for six months: one transaction each, so half a job is half done."""
    old = list(Draft.objects.filter(touched_at__date__lt=today - UNTOUCHED))
    for draft in old:
        delete_draft(draft=draft, by=None)
    return len(old)


RULES = [
    RetentionRule(
        "drafts",
        _("Registrations and changes that were begun and never sent, with their uploaded files"),
        _("Six months after they were last touched"),
        _("So that you can stop and come back; after that long, nobody does."),
        purge_drafts,
    )
]
