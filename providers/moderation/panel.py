"""What the checks hand down to the site: the header's link and the home page's panel."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.moderation.batch_actions import purge_turns
from providers.moderation.queue import median_minutes, waiting
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.site import HeaderLink, HomePanel, RetentionRule


def may_see_queue(request: HttpRequest) -> bool:
    return councils_where(request.user, Permission.SEE_QUEUE).exists()


def home_panel(request: HttpRequest) -> dict[str, Any] | None:
    councils = councils_where(request.user, Permission.SEE_QUEUE)
    if not councils.exists():
        return None
    settings_of = councils_where(request.user, Permission.MANAGE_COUNCIL)
    return {
        "waiting": waiting(councils, timezone.localdate()),
        "median_minutes": median_minutes(councils, timezone.now()),
        "settings_of": settings_of.defer("boundary"),
    }


LINK = HeaderLink(_("Checks"), "checks", may_see_queue, order=30)
PANEL = HomePanel("moderation/home_panel.html", home_panel, order=30)
TURNS = RetentionRule(
    "check_turns",
    _("Which certificate a checker has on the screen"),
    _("Until they have answered, and never past the next day"),
    _("So that two checkers do not do the same work."),
    purge_turns,
)
SENTENCES = {
    "submission.published": _("Decided to publish"),
    "submission.sent_back": _("Sent it back with a reason"),
    "submission.answer_purged": _("Took out words because a safeguarding concern was in them"),
    "change.accepted": _("Said yes to a change"),
    "change.refused": _("Said no to a change, with a reason"),
    "council.changes_at_once": _("Changed what providers may change without a check"),
    "submission.taken_over": _("Took over what another checker was looking at"),
    "provider.suspended": _("Took the provider's page down"),
    "provider.put_back": _("Put the provider's page back"),
}
