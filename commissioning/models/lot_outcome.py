from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.models.interest import Interest
from commissioning.models.opportunity import Opportunity


class OutcomeKind(models.TextChoices):
    AWARDED = "awarded", _("Awarded")
    NONE_SUITABLE = "none_suitable", _("Nobody suitable was found")
    STOPPED = "stopped", _("The council stopped it")


class LotOutcome(models.Model):
    """What came of one lot of what was published. `lot_key` is the id of the lot in the published facts.

    Whoever it was awarded to may be on the register (`interest`) or not: the formal tender ran elsewhere.
    """

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="outcomes")
    lot_key = models.BigIntegerField()
    kind = models.CharField(max_length=14, choices=OutcomeKind.choices)
    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, null=True, blank=True, related_name="awards")
    supplier = models.CharField(_("awarded to"), max_length=200, blank=True)
    # Fewer than ten people in all. None: not known.
    is_micro = models.BooleanField(_("fewer than ten people"), null=True, blank=True)
    value_pence = models.BigIntegerField(_("value in pence, including VAT"), null=True, blank=True)
    why = models.CharField(_("why, in a sentence for everybody"), max_length=500, blank=True)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["opportunity", "lot_key"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "lot_key"], name="lot_outcome_once"),
            models.CheckConstraint(
                name="lot_outcome_whole",
                condition=Q(kind=OutcomeKind.AWARDED, value_pence__gt=0) & ~Q(supplier="")
                | Q(kind__in=[OutcomeKind.NONE_SUITABLE, OutcomeKind.STOPPED])
                & Q(supplier="", interest__isnull=True, is_micro__isnull=True, value_pence__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for lot {self.lot_key} of opportunity {self.opportunity_id}"
