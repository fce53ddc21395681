from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.models.requirement import Requirement


class ByWhen(models.TextChoices):
    ANSWER = "answer", _("When answering")
    START = "start", _("By the start of the contract")


class Condition(models.Model):
    """Something asked of a supplier: a credential, perhaps of an amount, by a moment."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(_("kind of credential"), max_length=40)
    amount_pence = models.BigIntegerField(_("least cover, in pence"), null=True, blank=True)
    by_when = models.CharField(max_length=8, choices=ByWhen.choices, default=ByWhen.START)

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["requirement", "kind"], name="condition_once"),
            models.CheckConstraint(name="condition_by_when_known", condition=Q(by_when__in=ByWhen.values)),
            models.CheckConstraint(
                name="condition_amount_positive",
                condition=Q(amount_pence__isnull=True) | Q(amount_pence__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.requirement_id}"
