from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.models.lot import Lot
from commissioning.models.requirement import Requirement


class ByWhen(models.TextChoices):
    ANSWER = "answer", _("When answering")
    START = "start", _("By the start of the contract")


class Beyond(models.TextChoices):
    """What councils ask of a supplier that is no credential. What the register knows of each: `sourcing.rules`."""

    AUDITED_ACCOUNTS = "audited_accounts", _("Audited accounts")
    YEARS_TRADING = "years_trading", _("Years of trading")
    TURNOVER = "turnover", _("Yearly turnover")
    LEAST_PEOPLE = "least_people", _("A least number of people")
    REGISTRATION = "registration", _("Registered with the care regulator")
    ALL_LOTS = "all_lots", _("One supplier for all lots")


# What the number of a condition counts: years of accounts, years of trading, people.
WITH_A_NUMBER = frozenset({Beyond.AUDITED_ACCOUNTS, Beyond.YEARS_TRADING, Beyond.LEAST_PEOPLE})


class Condition(models.Model):
    """Something asked of a supplier, in every lot or in one: a credential or more, perhaps of an amount, by a moment.

    Where the same is asked of everyone and again of one lot, that lot asks both.
    """

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="conditions")
    # None: asked in every lot.
    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="conditions", null=True, blank=True)
    kind = models.CharField(_("a kind of credential, or one beyond them"), max_length=40)
    amount_pence = models.BigIntegerField(_("least cover or turnover, in pence"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("least number of years or people"), null=True, blank=True)
    by_when = models.CharField(max_length=8, choices=ByWhen.choices, default=ByWhen.START)
    keep_reason = models.TextField(_("why it is kept although the law limits it"), max_length=1000, blank=True)

    class Meta:
        ordering = ["kind", models.F("lot__number").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(fields=["requirement", "lot", "kind"], name="condition_once", nulls_distinct=False),
            models.CheckConstraint(name="condition_by_when_known", condition=Q(by_when__in=ByWhen.values)),
            models.CheckConstraint(
                name="condition_amount_positive",
                condition=Q(amount_pence__isnull=True) | Q(amount_pence__gt=0),
            ),
            models.CheckConstraint(
                name="condition_number_positive", condition=Q(number__isnull=True) | Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.requirement_id}"
