"""What showing hands down to the site: sentences of the audit, and how long links are kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from providers.showing.retention import RULES
from registry import site
from registry.audit import sentences


def hand_down() -> None:
    sentences.register(
        {
            "passport.link_made": _("Made a link that shows the provider's papers"),
            "passport.link_ended": _("Ended a link that showed the provider's papers"),
        }
    )
    for rule in RULES:
        site.add_retention_rule(rule)
