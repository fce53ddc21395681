from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.models.requirement import Requirement


class Question(models.Model):
    """Something that everybody who answers is asked, and what share of the marks the answer carries."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=400)
    weight = models.PositiveSmallIntegerField(_("share of the marks, in per cent"))
    most_words = models.PositiveSmallIntegerField(_("most words of an answer"), default=300)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "number"], name="question_number_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(name="question_weight_in_100", condition=Q(weight__range=(0, 100))),
            models.CheckConstraint(name="question_words_in_reason", condition=Q(most_words__range=(20, 2000))),
        ]

    def __str__(self) -> str:
        return f"question {self.number} of {self.requirement_id}"
