from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider

REFERENCE_LASTS = datetime.timedelta(days=30)
WANTED = 3


class KnownFor(models.TextChoices):
    MONTHS = "months", _("Less than a year")
    YEARS = "years", _("One to five years")
    LONG = "long", _("More than five years")


class Reference(models.Model):
    """What a customer says of a provider, asked by e-mail and answered on a page. Read by councils, never published.

    The customer's name and address go as soon as the answer has been read or the time is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="references")
    customer_name = models.CharField(max_length=120, blank=True)
    customer_email = models.EmailField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    known_for = models.CharField(max_length=10, choices=KnownFor.choices, blank=True)
    words = models.TextField(_("what they say"), max_length=1000, blank=True)
    would_ask_again = models.BooleanField(null=True, blank=True)
    # The customer would rather not.
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                name="reference_answered_whole",
                condition=Q(answered_at__isnull=True, known_for="", words="", would_ask_again__isnull=True)
                | Q(answered_at__isnull=False, would_ask_again__isnull=False),
            ),
            models.CheckConstraint(
                name="reference_answered_or_declined",
                condition=Q(answered_at__isnull=True) | Q(declined_at__isnull=True),
            ),
            models.CheckConstraint(
                name="reference_blank_once_purged",
                condition=Q(purged_at__isnull=True) | Q(customer_name="", customer_email="", words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"reference of {self.provider_id}"
