"""Figures are kept for two years, so that a provider can set a spring beside the one before."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _

from providers.models import WeeklyFigure
from registry.site import RetentionRule

KEPT = datetime.timedelta(days=2 * 366)


def purge_figures(today: datetime.date) -> int:
    return WeeklyFigure.objects.filter(week__lt=today - KEPT).delete()[0]


RULES = [
    RetentionRule(
        "figures",
        _("How often a listing was found, opened and asked, week by week. Nothing about who looked"),
        _("Two years"),
        _("So that those who run it can set one season beside the same one a year before."),
        purge_figures,
    )
]
