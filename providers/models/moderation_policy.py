from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Council


class ModerationPolicy(models.Model):
    """What one council lets happen without its yes, and whether it relies on what other councils saw."""

    council = models.OneToOneField(
        Council, on_delete=models.CASCADE, primary_key=True, related_name="moderation_policy"
    )
    price_change_percent = models.PositiveSmallIntegerField(
        _("a price may change by this much, up or down, without a check"), default=10
    )
    relies_on_other_councils = models.BooleanField(_("relies on what other councils have seen"), default=True)

    class Meta:
        verbose_name_plural = "moderation policies"
        constraints = [
            models.CheckConstraint(name="moderation_policy_percent_sane", condition=Q(price_change_percent__lte=100)),
        ]

    def __str__(self) -> str:
        return f"policy of {self.council_id}"


def moderation_policy_of(council_code: str) -> ModerationPolicy:
    """The council's own, or what holds until it says otherwise. Not written until somebody says so."""
    return ModerationPolicy.objects.filter(pk=council_code).first() or ModerationPolicy(council_id=council_code)
