from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.credential import Credential
from registry.models import Council


class Means(models.TextChoices):
    ORIGINAL = "original", _("Saw the original")
    COPY = "copy", _("Saw a copy or photograph")
    ISSUER = "issuer", _("Asked the insurer or issuer")
    REGISTER = "register", _("Looked it up on a public register")
    CALL = "call", _("Rang and asked, and noted the call")
    RELIED = "relied", _("Relies on what another council saw")


class CheckOutcome(models.TextChoices):
    SEEN = "seen", _("Seen")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    # A slip of the hand: the council has not looked after all. The row that was wrong stays, this one answers it.
    TAKEN_BACK = "taken_back", _("Taken back")


class Check(models.Model):
    """Who looked at a credential, for which council, on what day, by what means, with what outcome."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="checks")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="checks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField()
    means = models.CharField(max_length=10, choices=Means.choices)
    outcome = models.CharField(max_length=12, choices=CheckOutcome.choices)
    relies_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="relied_on_by")
    note = models.CharField(_("note for the council's own staff"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        # The newest word counts, whatever day it speaks of.
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="check_means_known", condition=Q(means__in=Means.values)),
            models.CheckConstraint(
                name="check_relies_on_a_check",
                condition=Q(means=Means.RELIED, relies_on__isnull=False)
                | (~Q(means=Means.RELIED) & Q(relies_on__isnull=True)),
            ),
            models.CheckConstraint(name="check_outcome_known", condition=Q(outcome__in=CheckOutcome.values)),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} by {self.council_id} on {self.seen_on}"
