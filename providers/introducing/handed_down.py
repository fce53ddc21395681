"""What introductions hand down: the question of joining, audit sentences, panels, what is kept and how long."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from providers.introducing.actions import forget_introductions
from providers.introducing.actions import waiting_for as begun_for
from providers.introducing.claim_actions import forget_claims
from providers.introducing.rules import KEPT_UNCLAIMED
from providers.introducing.twin_views import ask_on_the_way
from providers.joining.actions import delete_draft
from providers.joining.asides import add_aside
from providers.models import Draft, ProviderClaim
from registry import site
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.audit import sentences
from registry.models import User

KEPT_AFTER_DECISION = datetime.timedelta(days=90)

SENTENCES = {
    "introduction.begun": _("Began a registration for somebody"),
    "introduction.sent": _("Asked somebody to take over the registration begun for them"),
    "introduction.withdrawn": _("Took back a registration begun for somebody"),
    "introduction.taken_over": _("Took over the registration that the council had begun"),
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


def purge_unclaimed(today: datetime.date) -> int:
    """One transaction each, so half a job is half done."""
    old = list(Draft.objects.filter(user=None, provider=None, touched_at__date__lt=today - KEPT_UNCLAIMED))
    for draft in old:
        delete_draft(draft=draft, by=None)
    return len(old)


def blank_introductions(today: datetime.date) -> int:
    """The draft is the person's own; that a council once wrote to this address need not be known for ever."""
    old = Draft.objects.filter(taken_over_at__date__lt=today - KEPT_AFTER_DECISION)
    return old.exclude(for_email="").update(for_email="")


def claims_to_decide(request: HttpRequest) -> dict[str, Any] | None:
    councils = councils_where(request.user, Permission.CHECK_PROVIDERS)
    number = ProviderClaim.objects.filter(council__in=councils, decided_at=None).count()
    return {"number": number} if number else None


def waiting_for(request: HttpRequest) -> dict[str, Any] | None:
    """What a council has begun for this person, and claims of theirs that no council has decided."""
    if not isinstance(request.user, User):
        return None
    claims = list(ProviderClaim.objects.filter(user=request.user, decided_at=None).select_related("council"))
    begun = list(begun_for(request.user.email).exclude(invited_at=None).select_related("begun_for"))
    return {"claims": claims, "begun": begun} if claims or begun else None


CLAIMS = site.RetentionRule(
    name="provider_claims",
    what=_("What you wrote to show that a listing is yours"),
    how_long=_("90 days after the council decided"),
    why=_("So that the council can answer for its decision"),
    purge=blank_claims,
)


UNCLAIMED = site.RetentionRule(
    name="unclaimed_registrations",
    what=_("What a council wrote down to begin a registration for somebody who has not come"),
    how_long=_("60 days after the council last wrote to them"),
    why=_("So that they have time to say yes; who does not come is forgotten"),
    purge=purge_unclaimed,
)
INTRODUCED = site.RetentionRule(
    name="introduced_addresses",
    what=_("The email address at which a council invited a provider"),
    how_long=_("90 days after the person went on by themselves"),
    why=_("So that the council sees who came"),
    purge=blank_introductions,
)


def hand_down() -> None:
    sentences.register(SENTENCES)
    add_aside(ask_on_the_way)
    site.add_home_panel(site.HomePanel("introducing/waiting_panel.html", waiting_for, order=6))
    site.add_home_panel(site.HomePanel("introducing/claims_panel.html", claims_to_decide, order=31))
    for rule in (CLAIMS, UNCLAIMED, INTRODUCED):
        site.add_retention_rule(rule)
    site.add_leaving_step(forget_claims)
    site.add_leaving_step(forget_introductions)
