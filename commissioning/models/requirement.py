from __future__ import annotations

import datetime
import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Council

# No vowels and nothing that can be misread aloud: a reference is dictated over the phone.
REFERENCE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"


def new_reference() -> str:
    """Eight random letters: it cannot be guessed from another, and says nothing about the council."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _i in range(8))


class Buyer(models.TextChoices):
    COUNCIL = "council", _("The council buys")
    INDIVIDUAL = (
        "individual",
        _("People buy for themselves, with a direct payment or an individual service fund"),
    )


class Way(models.TextChoices):
    """How the council means to buy: for the council to say, because the value alone does not settle it."""

    UNDECIDED = "undecided", _("Not decided yet")
    OPEN = "open", _("An open competition")
    QUOTES = "quotes", _("Quotes from some suppliers")
    DYNAMIC_MARKET = "dynamic_market", _("Through a dynamic market that suppliers can join at any time")
    USER_CHOICE = "user_choice", _("A direct award to the supplier whom the person or their carer chose")
    DIRECT = "direct", _("Another direct award")


class Reserved(models.TextChoices):
    """Who alone may answer, where the law lets a council say so."""

    NOBODY = "nobody", _("Everyone: it is reserved for nobody")
    LOCAL = "local", _("Suppliers in this council’s area and the areas next to it")
    LOCAL_SMALL = "local_small", _("Small or voluntary suppliers in this council’s area and the areas next to it")
    UK_SMALL = "uk_small", _("Small or voluntary suppliers in the United Kingdom")
    MUTUAL = "mutual", _("Public service mutuals")
    SUPPORTED = "supported", _("Supported employment providers")


class Barrier(models.TextChoices):
    """What keeps small suppliers out: the list used in central government's guidance (field-notes 2.2)."""

    ENGAGEMENT = "engagement", _("Too little talk with suppliers beforehand")
    AWARENESS = "awareness", _("Suppliers do not hear of the opportunity")
    COMPLEXITY = "complexity", _("A complicated process")
    BIAS = "bias", _("Unconscious bias towards familiar suppliers")
    SPECIFICATION = "specification", _("Requirements too narrow or too vague")
    FINANCE = "finance", _("Financial tests that small suppliers cannot meet")
    TIME = "time", _("Too little time to answer")
    EFFORT = "effort", _("Too much work to answer")
    INNOVATION = "innovation", _("No room for new ways of doing it")
    RISK = "risk", _("Risk put on suppliers without need")
    TERMS = "terms", _("Complicated contract terms")
    FEEDBACK = "feedback", _("No useful feedback afterwards")


class Requirement(models.Model):
    """What a commissioner needs: lots, conditions, dates, value. It is being written until its summary is locked."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="requirements")
    title = models.CharField(_("title"), max_length=120)
    need = models.TextField(_("what is needed, and what should come of it"), max_length=3000)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    value_pence = models.BigIntegerField(_("estimated value in pence, including VAT"))
    # Part of the value from the first day: the law counts an extension that may never be used.
    extension_months = models.PositiveSmallIntegerField(_("months it may be extended by"), default=0)
    buyer = models.CharField(max_length=12, choices=Buyer.choices, default=Buyer.COUNCIL)
    way = models.CharField(_("how the council buys"), max_length=16, choices=Way.choices, default=Way.UNDECIDED)
    is_health_care = models.BooleanField(_("it is health care that the regulator registers"), default=False)
    reserved_for = models.CharField(
        _("who alone may answer"), max_length=12, choices=Reserved.choices, default=Reserved.NOBODY
    )
    questions_until = models.DateTimeField(_("last moment for questions"), null=True, blank=True)
    closes_at = models.DateTimeField(_("last moment for answers"), null=True, blank=True)
    decided_on = models.DateField(_("day by which it is decided"), null=True, blank=True)
    price_weight = models.PositiveSmallIntegerField(_("share of the marks that the price has"), null=True, blank=True)
    barriers = ArrayField(models.CharField(max_length=20, choices=Barrier.choices), default=list, blank=True)
    barriers_note = models.TextField(_("what was done about them"), max_length=2000, blank=True)
    lots_note = models.TextField(_("why there is only one lot"), max_length=1000, blank=True)
    payment_days = models.PositiveSmallIntegerField(_("days to pay an invoice"), default=30)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="requirement_ends_after_start", condition=Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(name="requirement_value_positive", condition=Q(value_pence__gt=0)),
            models.CheckConstraint(name="requirement_buyer_known", condition=Q(buyer__in=Buyer.values)),
            # 30 days is the most that the law of all four nations implies for public contracts.
            models.CheckConstraint(name="requirement_paid_within_30_days", condition=Q(payment_days__range=(1, 30))),
            models.CheckConstraint(name="requirement_way_known", condition=Q(way__in=Way.values)),
            models.CheckConstraint(name="requirement_reserved_known", condition=Q(reserved_for__in=Reserved.values)),
            models.CheckConstraint(
                name="requirement_price_weight_in_100",
                condition=Q(price_weight__isnull=True) | Q(price_weight__lte=100),
            ),
            models.CheckConstraint(
                name="requirement_questions_before_close",
                condition=Q(questions_until__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(questions_until__lte=models.F("closes_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.reference})"

    @property
    def is_locked(self) -> bool:
        return hasattr(self, "summary")

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on + datetime.timedelta(days=1)).days
