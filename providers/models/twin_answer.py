from __future__ import annotations

from django.db import models
from django.utils import timezone

from providers.models.draft import Draft
from providers.models.provider import Provider


class TwinAnswer(models.Model):
    """What somebody said to "Is this you?" about one listing that looks like theirs; it is not asked twice."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="twin_answers")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    is_us = models.BooleanField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "provider"], name="twin_answer_once")]

    def __str__(self) -> str:
        return f"answer of {self.draft_id} about {self.provider_id}"
