"""What the API hands down to the site: a link of the account page, sentences of the audit, how long keys are kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from providers.api.actions import end_keys_of
from providers.api.retention import RULE
from registry import site
from registry.audit import sentences


def hand_down() -> None:
    sentences.register(
        {
            "api_key.made": _("Made a key for a program that acts for them"),
            "api_key.ended": _("Ended a key of a program that acted for them"),
        }
    )
    site.add_account_link(site.AccountLink(_("Keys for programs (API)"), "api_keys"))
    site.add_retention_rule(RULE)
    site.add_leaving_step(end_keys_of)
