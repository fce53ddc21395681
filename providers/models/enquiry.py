from __future__ import annotations

import datetime
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider
from providers.models.service import Service


class AnswerBy(models.TextChoices):
    EMAIL = "email", _("By e-mail")
    PHONE = "phone", _("By phone")


class Answered(models.TextChoices):
    HERE = "here", _("Answered on the page")
    RANG = "rang", _("Rang them")
    WROTE = "wrote", _("Wrote to them")


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def relayed(self) -> EnquiryQuerySet:
        return self.filter(relayed_at__isnull=False)

    def unanswered(self) -> EnquiryQuerySet:
        """With the provider, and neither answered nor taken back."""
        return self.relayed().filter(answered_at__isnull=True, withdrawn_at__isnull=True)


class Enquiry(models.Model):
    """What somebody asked of a provider. It goes on by mail, and is deleted whole after 90 days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="enquiries")
    service = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    answer_by = models.CharField(max_length=10, choices=AnswerBy.choices)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    # They said that the provider may write straight to their address.
    may_write = models.BooleanField(default=False)
    help_wanted = models.TextField(max_length=1000, blank=True)
    days_wanted = models.CharField(max_length=200, blank=True)
    # A town, a village, the first half of a postcode: never an address.
    area = models.CharField(max_length=60, blank=True)
    # The same words sent to many providers are known by this, without reading anybody's.
    likeness = models.CharField(max_length=64, blank=True, db_index=True)
    # The number of the page it was written on: pressed twice, it is kept once.
    press = models.UUIDField(unique=True)
    was_held = models.BooleanField("waited until the sender pressed a link", default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    relayed_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_how = models.CharField(max_length=10, choices=Answered.choices, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # They would rather not be asked, a month later, how it went.
    not_asked_later_since = models.DateTimeField(null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["provider", "-relayed_at"], name="enquiry_of_provider")]
        constraints = [
            models.CheckConstraint(
                name="enquiry_answered_somehow",
                condition=Q(answered_at__isnull=True, answered_how="", answer="")
                | Q(answered_at__isnull=False, relayed_at__isnull=False, answered_how__in=Answered.values),
            ),
            models.CheckConstraint(
                name="enquiry_blank_once_withdrawn",
                condition=Q(withdrawn_at__isnull=True)
                | Q(name="", email="", phone="", help_wanted="", days_wanted="", area="", answer=""),
            ),
            models.CheckConstraint(
                name="enquiry_can_be_answered",
                condition=Q(withdrawn_at__isnull=False)
                | Q(answer_by=AnswerBy.EMAIL) & ~Q(email="")
                | Q(answer_by=AnswerBy.PHONE) & ~Q(phone=""),
            ),
        ]

    def __str__(self) -> str:
        return f"enquiry {self.id}"


ENQUIRY_KEPT = datetime.timedelta(days=90)
