"""What a provider's own pages hand down to the site: a header link, and a panel of the home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from providers.access import providers_of
from providers.models import Draft
from providers.profile.retention import RULES
from providers.profile.state import state_of
from registry import site
from registry.audit import sentences
from registry.models import User


def has_listing(request: HttpRequest) -> bool:
    return providers_of(request.user).exists()


def panel(request: HttpRequest) -> dict[str, Any] | None:
    """A person's listings and what each waits for, and a registration that was begun; nothing for anybody else."""
    listings = [{"provider": row, "state": state_of(row)} for row in providers_of(request.user)]
    user = request.user
    begun = isinstance(user, User) and Draft.objects.filter(user=user, provider__isnull=True).exists()
    return {"listings": listings, "is_begun": begun} if listings or begun else None


def hand_down() -> None:
    site.add_header_link(site.HeaderLink(_("Your listing"), "my_listing", has_listing, order=20))
    site.add_home_panel(site.HomePanel("profile/panel.html", panel, order=20))
    sentences.register({"provider.left": _("Left as a business: what was personal is gone")})
    for rule in RULES:
        site.add_retention_rule(rule)
