from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider
from providers.models.service import Service
from providers.models.submission import Submission


class ChangeOutcome(models.TextChoices):
    AT_ONCE = "at_once", _("Live at once")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused with a reason")
    WITHDRAWN = "withdrawn", _("Taken back, or changed again, before anyone decided")


class FieldChangeQuerySet(models.QuerySet["FieldChange"]):
    def waiting(self) -> FieldChangeQuerySet:
        return self.filter(decided_at__isnull=True)


class FieldChange(models.Model):
    """One fact that a listed provider wants to say differently: was, will be, and what became of it.

    The rows keep what is approved until a yes (rule 6). `part` is a step of joining and `fact` a group of its fields
    that only make sense together; `was` and `will_be` hold those fields as the step's answers do.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="changes")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="changes")
    submission = models.ForeignKey(Submission, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes")
    part = models.SlugField(max_length=30)
    fact = models.SlugField(max_length=30)
    was = models.JSONField(default=dict)
    will_be = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # Nobody decides what goes live at once, or is taken back.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=ChangeOutcome.choices, blank=True)
    reason = models.TextField(_("why not, as the provider reads it"), max_length=2000, blank=True)
    answer = models.TextField(_("what the provider says to that"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = FieldChangeQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                name="field_change_decided_whole",
                condition=Q(decided_at__isnull=True, outcome="")
                | Q(decided_at__isnull=False, outcome__in=ChangeOutcome.values),
            ),
            models.CheckConstraint(
                name="field_change_signed",
                condition=~Q(outcome__in=[ChangeOutcome.ACCEPTED, ChangeOutcome.REFUSED]) | Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="field_change_refused_says_why", condition=~Q(outcome=ChangeOutcome.REFUSED) | ~Q(reason="")
            ),
            models.UniqueConstraint(
                fields=["provider", "service", "part", "fact"],
                condition=Q(decided_at__isnull=True),
                nulls_distinct=False,
                name="field_change_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}.{self.fact} of {self.provider_id}"
