from django.db import models
from django.db.models import Q

from registry.models import Council


class CheckPolicy(models.Model):
    """What one council asks for, and for how many months a check of it is good. Policy, not law."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="check_policies")
    kind = models.CharField("kind of credential, or dbs", max_length=40)
    asked_for = models.BooleanField(default=True)
    renewal_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "check policies"
        constraints = [
            models.UniqueConstraint(fields=["council", "kind"], name="check_policy_once"),
            models.CheckConstraint(
                name="check_policy_months_sane",
                condition=Q(renewal_months__isnull=True) | Q(renewal_months__range=(1, 120)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.council_id}"
