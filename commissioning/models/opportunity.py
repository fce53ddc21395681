from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.models.requirement import Requirement
from registry.models import Council


class PublicationKind(models.TextChoices):
    SOUNDING = "sounding", _("Asking providers before anything is bought")
    COMING = "coming", _("Telling providers of a formal tender that is to come")


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def open_at(self, moment: datetime.datetime) -> OpportunityQuerySet:
        return self.filter(closes_at__gt=moment, stopped_at__isnull=True)

    def under_way(self) -> OpportunityQuerySet:
        """Nobody has been told yet what came of it."""
        return self.filter(told_at__isnull=True)


class Opportunity(models.Model):
    """A requirement that is published: an invitation to speak up, never the formal tender.

    What the public reads stands in its versions, frozen. The moments here are those of the newest one: whether an
    answer comes in time is decided by the database, against `closes_at`.
    """

    requirement = models.OneToOneField(Requirement, on_delete=models.PROTECT, related_name="opportunity")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="opportunities")
    kind = models.CharField(max_length=10, choices=PublicationKind.choices)
    # Nobody of the council reads an answer before the closing moment.
    is_sealed = models.BooleanField(_("answers are sealed until it closes"), default=True)
    questions_until = models.DateTimeField(_("last moment for questions"), null=True, blank=True)
    closes_at = models.DateTimeField(_("last moment for answers"))
    formal_url = models.URLField(_("where the formal tender runs"), max_length=500, blank=True)
    formal_note = models.CharField(_("where and when the formal notice is to be"), max_length=300, blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # When every provider in the field had been written to about it.
    field_told_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(_("the council stopped it"), null=True, blank=True)
    # When all who spoke up were told what came of it, and the public page says so too.
    told_at = models.DateTimeField(null=True, blank=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at"]
        verbose_name_plural = "opportunities"
        constraints = [
            models.CheckConstraint(name="opportunity_kind_known", condition=Q(kind__in=PublicationKind.values)),
            models.CheckConstraint(
                name="opportunity_questions_before_close",
                condition=Q(questions_until__isnull=True) | Q(questions_until__lte=F("closes_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"opportunity of {self.requirement_id}"
