from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.models.summary import Summary

# Longer than the largest summary takes to set, so that what is overdue has lost its worker.
LEASE = datetime.timedelta(minutes=15)
MOST_TRIES = 8


class Edition(models.TextChoices):
    """What a summary is printed as: whose words, and in what letters."""

    COUNCIL = "council", _("The council’s own copy")
    COUNCIL_LARGE = "council-large-print", _("The council’s own copy, in large print")
    PUBLISHING = "publishing", _("For publishing: it names no provider and no officer")
    PUBLISHING_LARGE = "publishing-large-print", _("For publishing, in large print")
    EASIER = "easier-words", _("In easier words and large print, for anybody")


def paper_path(instance: Any, filename: str) -> str:
    """One name for ever: a worker that died half-way leaves a file that the next one writes over."""
    reference = instance.summary.reference
    return f"summaries/{reference[:2]}/{reference}-{instance.edition}.pdf"


class SummaryPaperQuerySet(models.QuerySet["SummaryPaper"]):
    def waiting(self) -> SummaryPaperQuerySet:
        return self.filter(made_at__isnull=True, tries__lt=MOST_TRIES)

    def due(self, moment: datetime.datetime) -> SummaryPaperQuerySet:
        """Not made, and on nobody's desk. A claim from the future was made by a clock that was wrong."""
        held = Q(claimed_at__range=(moment - LEASE, moment + LEASE))
        return self.waiting().filter(Q(claimed_at__isnull=True) | ~held)


class SummaryPaper(models.Model):
    """A PDF of a locked summary: asked for at locking, made by the worker from the frozen words, then never again.

    The file is kept and served as it was made, because bytes move with fonts and versions: only so can a copy that
    comes back years later be told by its digest. The digest stays when the summary ends.
    """

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="papers")
    edition = models.CharField(max_length=24, choices=Edition.choices)
    file = models.FileField(upload_to=paper_path, max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)

    objects = SummaryPaperQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "edition"], name="summary_paper_once"),
            models.CheckConstraint(name="summary_paper_edition_known", condition=Q(edition__in=Edition.values)),
            models.CheckConstraint(
                name="summary_paper_made_with_its_digest",
                condition=Q(made_at__isnull=True, file="", digest="") | Q(made_at__isnull=False) & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} of summary {self.summary_id}"

    @property
    def is_given_up(self) -> bool:
        return self.made_at is None and self.tries >= MOST_TRIES
