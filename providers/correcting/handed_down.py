"""What corrections hand down to the site: what their audit verbs mean, and how long they are kept."""

from django.utils.translation import gettext_lazy as _

from providers.correcting import retention
from registry import site
from registry.audit import sentences


def hand_down() -> None:
    sentences.register(
        {
            "correction.told": _("Somebody said that something on the page is wrong"),
            "correction.passed_on": _("Let the provider read what was said to be wrong"),
            "correction.answered": _("Answered what was said to be wrong"),
            "correction.closed": _("Closed what was said to be wrong"),
            "correction.words_removed": _("Took out words because a safeguarding concern was in them"),
        }
    )
    for rule in retention.RULES:
        site.add_retention_rule(rule)
