"""What joining hands down to the site: what its audit verbs mean, and how long drafts are kept."""

from django.utils.translation import gettext_lazy as _

from providers.joining import retention
from registry import site
from registry.audit import sentences


def hand_down() -> None:
    sentences.register(
        {
            "draft.started": _("Started to write"),
            "draft.saved": _("Saved a step"),
            "draft.file_added": _("Uploaded a certificate"),
            "draft.file_moved": _("Changed the order of the pages of a certificate"),
            "draft.file_removed": _("Took an uploaded certificate away"),
            "draft.link_sent": _("Had a link sent to themselves, to carry on later"),
            "draft.service_added": _("Added one more service to write about"),
            "draft.service_removed": _("Took a service away that was not sent yet"),
            "draft.deleted": _("Deleted what was never sent"),
            "provider.sent": _("Sent what was written to the council"),
            "change.proposed": _("Asked to change something on the page"),
            "change.at_once": _("Changed something that goes live at once"),
            "change.withdrawn": _("Took a change back, or changed it again"),
            "change.answered": _("Answered a refused change"),
            "submission.withdrawn": _("Took back every change that waited"),
        }
    )
    for rule in retention.RULES:
        site.add_retention_rule(rule)
