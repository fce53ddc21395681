"""How long a council keeps what it keeps of its searches."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from commissioning.models import CouncilList, CouncilNote, SavedSearch
from registry.models import CouncilMembership, User
from registry.site import RetentionRule

TWO_YEARS = datetime.timedelta(days=731)


def purge_searches(today: datetime.date) -> int:
    """Of those who have no role in the council any more."""
    belongs = CouncilMembership.objects.current().filter(user=OuterRef("owner"), council=OuterRef("council"))
    return SavedSearch.objects.filter(~Exists(belongs)).delete()[0]


def purge_notes(today: datetime.date) -> int:
    is_old = Q(written_at__date__lt=today - TWO_YEARS)
    return CouncilNote.objects.filter(is_old | Q(provider__left_at__isnull=False)).delete()[0]


def purge_lists(today: datetime.date) -> int:
    return CouncilList.objects.filter(changed_at__date__lt=today - TWO_YEARS).delete()[0]


def forget_searches(user: User, by: User) -> None:
    """Somebody leaves the site: their searches go with them. Lists and notes are the council's."""
    SavedSearch.objects.filter(owner=user).delete()


RULES = [
    RetentionRule(
        "saved_searches",
        _("Searches that a council’s commissioners saved"),
        _("Until they delete them, or no longer work in the council"),
        _("They are of use to nobody else."),
        purge_searches,
    ),
    RetentionRule(
        "council_notes",
        _("Notes that a council’s commissioners write about providers"),
        _("2 years from the day of writing, or until the provider leaves"),
        _("Those who buy remember what was said. An old note is no fact any more."),
        purge_notes,
    ),
    RetentionRule(
        "council_lists",
        _("Lists of services that a council keeps from its searches, with who put each one there"),
        _("2 years from the last change"),
        _("Colleagues go on where one of them left off."),
        purge_lists,
    ),
]
