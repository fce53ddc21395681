"""What shortlists hand down to the site: a link of the header, sentences of the audit, how long lists are kept."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _

from providers.models import KeptList, KeptService
from providers.models.kept_list import LASTS
from providers.shortlists.links import COOKIE
from providers.shortlists.rules import TAKEN_OFF_FOR
from registry import site
from registry.audit import sentences


def purge_lists(today: datetime.date) -> int:
    over = KeptList.objects.filter(changed_on__lt=today - LASTS).delete()[0]
    return over + KeptService.objects.filter(taken_off_on__lt=today - TAKEN_OFF_FOR).delete()[0]


def hand_down() -> None:
    sentences.register(
        {
            "kept_list.made": _("Somebody began a list of services to choose from"),
            "kept_list.sent": _("Somebody sent their list by e-mail"),
            "kept_list.link_changed": _("Somebody stopped the link to their list, and got a new one"),
            "kept_list.deleted": _("Somebody deleted their list"),
        }
    )
    site.add_header_link(
        site.HeaderLink(_("Your list"), "my_shortlist", lambda request: COOKIE in request.COOKIES, order=20)
    )
    site.add_retention_rule(
        site.RetentionRule(
            "kept lists",
            _("A list that a family keeps: which services, since when, and a line of note if they wrote one"),
            _("90 days after the last change, or until they delete it; what was taken off it, 7 days"),
            _("So that they can choose in their own time. It has no name, address or postcode on it."),
            purge_lists,
        )
    )
