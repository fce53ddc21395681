"""What recommendations hand down to the site: audit sentences, retention, and the one question after an enquiry."""

from django.utils.translation import gettext_lazy as _

from providers.recommending import reminders, retention
from registry import site
from registry.audit import sentences
from registry.reminders import ladders


def hand_down() -> None:
    sentences.register(
        {
            "recommendation.invited": _("A customer was invited to say how it went"),
            "recommendation.invitation_ended": _("An invitation to a customer was taken back, or refused"),
            "recommendation.written": _("A customer wrote about the provider"),
            "recommendation.withdrawn": _("A customer took back what they wrote"),
            "recommendation.shown": _("Decided to show what a customer wrote"),
            "recommendation.refused": _("Decided not to show what a customer wrote, for a published reason"),
            "recommendation.words_removed": _("Took out words because a safeguarding concern was in them"),
            "recommendation.reply_written": _("Replied to a customer"),
            "recommendation.reply_withdrawn": _("Took back a reply to a customer"),
            "recommendation.reply_shown": _("Decided to show a reply to a customer"),
            "recommendation.reply_refused": _("Decided not to show a reply, for a published reason"),
        }
    )
    for rule in retention.RULES:
        site.add_retention_rule(rule)
    ladders.register(reminders.LADDER)
