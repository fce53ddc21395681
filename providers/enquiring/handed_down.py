"""What enquiries hand down to the site: what their audit verbs mean, how long they are kept, the reminder."""

from django.utils.translation import gettext_lazy as _

from providers.enquiring import reminders, retention
from registry import site
from registry.audit import sentences
from registry.reminders import ladders


def hand_down() -> None:
    sentences.register(
        {
            "enquiry.asked": _("Somebody asked the provider for help"),
            "enquiry.withdrawn": _("Somebody took back what they had asked"),
            "enquiry.answered": _("Answered somebody who had asked for help"),
            "enquiry.deleted": _("Deleted what somebody had asked"),
        }
    )
    for rule in retention.RULES:
        site.add_retention_rule(rule)
    ladders.register(reminders.LADDER)
