"""What the audit says of each verb of this package."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "provider.asked_council": _("Asked the council to list the provider"),
    "provider.listed_with": _("Put the provider on the council's list"),
    "provider.refused_by_council": _("Said no to a provider, with a reason"),
    "provider.left_council": _("Took the provider off the council's list, or took the asking back"),
}
