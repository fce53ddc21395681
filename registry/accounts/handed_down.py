"""What accounts give to the site: sentences of the audit, links of the header, a panel, what is kept and how long."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.audit import sentences
from registry.models import CouncilInvitation, User
from registry.models.council_invitation import INVITATION_LASTS
from registry.site import (
    HeaderLink,
    HomePanel,
    RetentionRule,
    add_header_link,
    add_home_panel,
    add_retention_rule,
)

KEPT_AFTER_IT_ENDED = datetime.timedelta(days=90)

SENTENCES = {
    "account.made": _("Opened an account"),
    "account.renamed": _("Changed their own name"),
    "account.left": _("Closed their own account"),
    "council.invited": _("Invited someone to join the council"),
    "council.invitation_withdrawn": _("Withdrew an invitation"),
    "council.joined": _("Accepted an invitation and joined the council"),
    "council.membership_ended": _("Ended someone's role in the council"),
    "council.changed": _("Changed the council's settings"),
    "council.switched_on": _("Switched the council on"),
    "council.switched_off": _("Switched the council off"),
    "operator.made": _("Made someone an operator of the site"),
}


def is_signed_in(request: HttpRequest) -> bool:
    return isinstance(request.user, User)


def is_operator(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_operator


def councils_to_manage(request: HttpRequest) -> dict[str, Any] | None:
    councils = list(councils_where(request.user, Permission.MANAGE_COUNCIL))
    return {"councils": councils} if councils else None


def bounced(request: HttpRequest) -> dict[str, Any] | None:
    """Told on the page, because no message would tell of it."""
    user = request.user
    return {"address": user.email} if isinstance(user, User) and user.mail_bounced_at else None


def blank_invitations(today: datetime.date) -> int:
    """An invitation ends at the latest two weeks after it was sent; its address goes 90 days after that."""
    past = CouncilInvitation.objects.filter(created_at__date__lt=today - INVITATION_LASTS - KEPT_AFTER_IT_ENDED)
    return past.exclude(email="").update(email="")


def register() -> None:
    sentences.register(SENTENCES)
    add_header_link(HeaderLink(_("Councils"), "operator", is_operator, order=800))
    add_header_link(HeaderLink(_("Your account"), "account", is_signed_in, order=900))
    add_home_panel(HomePanel("accounts/bounced_panel.html", bounced, order=1))
    add_home_panel(HomePanel("accounts/home_panel.html", councils_to_manage, order=800))
    add_retention_rule(
        RetentionRule(
            name="invitations",
            what=_("The email address of a person invited to join a council"),
            how_long=_("90 days after the invitation ended"),
            why=_("So that the council can see whom it asked"),
            purge=blank_invitations,
        )
    )
