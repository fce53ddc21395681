from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from providers.models.evidence import evidence_path
from providers.models.provider import Provider


class Draft(models.Model):
    """What somebody is still writing: a registration, or an edit that the public does not see yet.

    Lives in the database, one row a step, so that any device continues where another stopped.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(provider__isnull=True), name="draft_one_new_registration"
            ),
            models.UniqueConstraint(
                fields=["provider"], condition=models.Q(provider__isnull=False), name="draft_one_per_provider"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.id}"


class DraftStep(models.Model):
    """One step's answers, as typed and found valid."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps")
    step = models.SlugField(max_length=30)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "step"], name="draft_step_once")]

    def __str__(self) -> str:
        return f"{self.step} of {self.draft_id}"


class DraftFile(models.Model):
    """A certificate uploaded before there is a credential for it to prove."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    step = models.SlugField(max_length=30)
    file = models.FileField(upload_to=evidence_path, max_length=120)
    shown_name = models.CharField("the name it had, shown to its owner only", max_length=200)
    content_type = models.CharField("as judged from the content", max_length=40)
    size = models.PositiveIntegerField("bytes")
    uploaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"file of {self.draft_id}"
