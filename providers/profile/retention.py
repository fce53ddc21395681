"""What stays of a provider that has left, and until when."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _

from providers.profile.departure import purge_left
from registry.site import RetentionRule

# Six years in which a council can be sued over what it relied on (Limitation Act 1980 s.5; five in Scotland).
KEPT = datetime.timedelta(days=6 * 365 + 2)


def purge_left_providers(today: datetime.date) -> int:
    return purge_left(today, KEPT)


RULES = [
    RetentionRule(
        "left providers",
        _(
            "Of a provider that has left: that a council saw its papers, which kind, on what day and how, and what was "
            "decided. Its name, contact details, words, files and DBS records go at once"
        ),
        _("Six years after it left"),
        _(
            "A council must be able to answer for a check that it relied on. Summaries that a council has locked keep "
            "what they said."
        ),
        purge_left_providers,
    )
]
