"""What introductions hand down: the question of joining, audit sentences, panels, what is kept and how long."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from providers.introducing.claim_actions import forget_claims
from providers.introducing.twin_views import ask_on_the_way
from providers.joining.asides import add_aside
from providers.models import ProviderClaim
from registry import site
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.audit import sentences
from registry.models import User

KEPT_AFTER_DECISION = datetime.timedelta(days=90)

SENTENCES = {
    "twin.denied": _("Said that a listing like theirs is another business"),
    "twin.owned": _("Saw that they run the listing already"),
    "twin.asked_owners": _("Asked the owners of a listing to be added"),
    "provider.claimed": _("Told the council that a listing is theirs"),
    "provider.claim_withdrawn": _("Took back that a listing is theirs"),
    "provider.claim_granted": _("Agreed that a listing is theirs, and made them an owner"),
    "provider.claim_refused": _("Did not agree that a listing is theirs"),
}


def blank_claims(today: datetime.date) -> int:
    """What a person wrote about themselves goes 90 days after the decision; who decided what stays on record."""
    decided = ProviderClaim.objects.filter(decided_at__date__lt=today - KEPT_AFTER_DECISION)
    return decided.exclude(words="").update(words="")


def claims_to_decide(request: HttpRequest) -> dict[str, Any] | None:
    councils = councils_where(request.user, Permission.CHECK_PROVIDERS)
    number = ProviderClaim.objects.filter(council__in=councils, decided_at=None).count()
    return {"number": number} if number else None


def waiting_for(request: HttpRequest) -> dict[str, Any] | None:
    """What this person waits for: claims of theirs that no council has decided."""
    if not isinstance(request.user, User):
        return None
    claims = list(ProviderClaim.objects.filter(user=request.user, decided_at=None).select_related("council"))
    return {"claims": claims} if claims else None


CLAIMS = site.RetentionRule(
    name="provider_claims",
    what=_("What you wrote to show that a listing is yours"),
    how_long=_("90 days after the council decided"),
    why=_("So that the council can answer for its decision"),
    purge=blank_claims,
)


def hand_down() -> None:
    sentences.register(SENTENCES)
    add_aside(ask_on_the_way)
    site.add_home_panel(site.HomePanel("introducing/waiting_panel.html", waiting_for, order=6))
    site.add_home_panel(site.HomePanel("introducing/claims_panel.html", claims_to_decide, order=31))
    site.add_retention_rule(CLAIMS)
    site.add_leaving_step(forget_claims)
