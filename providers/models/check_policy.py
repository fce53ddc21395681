from django.db import models
from django.db.models import Q

from providers.models.category import Category
from registry.models import Council


class CheckPolicy(models.Model):
    """What one council asks for, and for how many months a check of it is good. Policy, not law."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="check_policies")
    kind = models.CharField("kind of credential, or dbs", max_length=40)
    # None: of every category that no row of its own speaks of.
    category = models.ForeignKey(Category, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    asked_for = models.BooleanField(default=True)
    # When to renew what carries no last day of its own.
    renewal_months = models.PositiveSmallIntegerField(null=True, blank=True)
    # After so many months the council wants to look again, whatever the paper says.
    check_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "check policies"
        constraints = [
            models.UniqueConstraint(
                fields=["council", "kind", "category"], nulls_distinct=False, name="check_policy_once"
            ),
            models.CheckConstraint(
                name="check_policy_check_months_sane",
                condition=Q(check_months__isnull=True) | Q(check_months__range=(1, 120)),
            ),
            models.CheckConstraint(
                name="check_policy_months_sane",
                condition=Q(renewal_months__isnull=True) | Q(renewal_months__range=(1, 120)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.council_id}"
