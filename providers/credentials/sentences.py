"""What the audit says of each verb of this package."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "credential.added": _("Said that something is held"),
    "credential.withdrawn": _("Withdrew a claim"),
    "credential.seen": _("Recorded that a certificate was seen"),
    "credential.not_accepted": _("Recorded that a certificate was not accepted"),
    "credential.taken_back": _("Took back a check that was recorded by mistake"),
    "credential.relied": _("Recorded that the council relies on another council's check"),
    "evidence.added": _("Uploaded a certificate"),
    "evidence.purged": _("An uploaded certificate was kept as long as the policy says, and is gone"),
    "evidence.destroyed_as_dbs": _("Destroyed an uploaded file because it was a DBS certificate"),
    "evidence.refused_by_scanner": _("The virus scanner refused an uploaded file, and it was destroyed"),
    "dbs.seen": _("Recorded that a DBS certificate was seen"),
    "dbs.answered": _("Said who may know that a DBS certificate was seen"),
    "council.asks_for": _("Changed what the council asks for"),
}
