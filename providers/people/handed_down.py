"""What the people of providers hand down to the site: audit sentences, a panel, what is kept and how long."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models import ProviderInvitation
from providers.models.provider_invitation import INVITATION_LASTS
from providers.people.actions import forget_invitations, leave_none_without_owner
from registry import site
from registry.audit import sentences
from registry.models import User

KEPT_AFTER_IT_ENDED = datetime.timedelta(days=90)

SENTENCES = {
    "provider.invited": _("Invited someone to help run the provider"),
    "provider.invitation_withdrawn": _("Withdrew an invitation to help run the provider"),
    "provider.joined": _("Accepted an invitation to help run the provider"),
    "provider.role_changed": _("Changed what someone may do for the provider"),
    "provider.handed_over": _("Handed the provider over to a new owner"),
}


def blank_invitations(today: datetime.date) -> int:
    """An invitation ends at the latest two weeks after it was sent; its address goes 90 days after that."""
    past = ProviderInvitation.objects.filter(created_at__date__lt=today - INVITATION_LASTS - KEPT_AFTER_IT_ENDED)
    return past.exclude(email="").update(email="")


def waiting_for(request: HttpRequest) -> dict[str, Any] | None:
    """Invitations that this person could say yes to."""
    if not isinstance(request.user, User):
        return None
    sent = ProviderInvitation.objects.open_at(timezone.now()).filter(email__iexact=request.user.email)
    invitations = list(sent.filter(provider__left_at=None).select_related("provider"))
    return {"invitations": invitations} if invitations else None


RULE = site.RetentionRule(
    name="provider_invitations",
    what=_("The email address of a person invited to help run a listing"),
    how_long=_("90 days after the invitation ended"),
    why=_("So that the owners can see whom they asked"),
    purge=blank_invitations,
)


def hand_down() -> None:
    sentences.register(SENTENCES)
    site.add_home_panel(site.HomePanel("people/home_panel.html", waiting_for, order=5))
    site.add_retention_rule(RULE)
    site.add_leaving_step(leave_none_without_owner)
    site.add_leaving_step(forget_invitations)
