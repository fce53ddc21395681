"""What confirming hands down to the site: its ladder, what its audit verb means, how long its rows are kept."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _

from providers.confirming.reminders import LADDER
from providers.models import Confirmation
from registry import site
from registry.audit import sentences
from registry.reminders import ladders

KEPT = datetime.timedelta(days=2 * 365)


def forget_old(today: datetime.date) -> int:
    return Confirmation.objects.filter(confirmed_at__date__lt=today - KEPT).delete()[0]


def hand_down() -> None:
    ladders.register(LADDER)
    sentences.register({"provider.confirmed": _("Said that the listing is still right")})
    site.add_retention_rule(
        site.RetentionRule(
            "confirmations",
            _("On which days a provider said that its listing is still right"),
            _("Two years"),
            _("So that the provider and its council can see how the listing was kept up to date"),
            forget_old,
        )
    )
