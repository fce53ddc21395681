"""What references hand down to the site: what their audit verbs mean, and how long they are kept."""

from django.utils.translation import gettext_lazy as _

from providers.references import reminders, retention
from registry import site
from registry.audit import sentences
from registry.reminders import ladders


def hand_down() -> None:
    sentences.register(
        {
            "reference.asked": _("Asked a customer for a reference"),
            "reference.withdrawn": _("Took back a question to a customer"),
            "reference.answered": _("A customer answered"),
            "reference.declined": _("A customer would rather not answer"),
            "reference.words_removed": _("Took out words because a safeguarding concern was in them"),
        }
    )
    for rule in retention.RULES:
        site.add_retention_rule(rule)
    ladders.register(reminders.LADDER)
