"""A passport link is of no use once it is over; its row stays a while, so that its maker can see that it is."""

from __future__ import annotations

import datetime

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from providers.models import PassportLink
from registry.site import RetentionRule

KEPT = datetime.timedelta(days=90)


def purge_passport_links(today: datetime.date) -> int:
    over = PassportLink.objects.alias(over_at=Coalesce("ended_at", "expires_at"))
    return over.filter(over_at__date__lt=today - KEPT).delete()[0]


RULES = [
    RetentionRule(
        "passport links",
        _("Links that providers make to show their papers, and the words they wrote on whom each is for"),
        _("90 days after the link expired or was ended"),
        _("So that they can see which links still open. After that nobody needs to know."),
        purge_passport_links,
    )
]
