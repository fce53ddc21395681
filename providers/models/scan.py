from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What the virus scanner says of an upload. Nobody can open one that waits; one that is refused is destroyed."""

    NOT_ASKED = "not_asked", _("No scanner is set up")
    WAITING = "waiting", _("Waiting for the virus scan")
    CLEAN = "clean", _("Scanned, nothing found")
    REFUSED = "refused", _("Refused by the virus scanner")
