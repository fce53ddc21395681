from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from providers.models.evidence import evidence_path
from providers.models.provider import Provider
from providers.models.scan import ScanState
from registry.models import Council


class Draft(models.Model):
    """What somebody is still writing: a registration, or an edit that the public does not see yet.

    Lives in the database, one row a step, so that any device continues where another stopped.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # None while a council writes for somebody who has not come yet: `for_email` then says who may take it over.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    # A council began it: it invites someone it knows, or writes down what it is told on the phone.
    begun_for = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    for_email = models.EmailField(blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    taken_over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draft_is_somebodys",
                condition=models.Q(user__isnull=False)
                | models.Q(provider__isnull=False)
                | models.Q(begun_for__isnull=False, begun_by__isnull=False) & ~models.Q(for_email=""),
            ),
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
    # A step of a further service ends with the first 8 digits of its id: "service", "service-1a2b3c4d".
    step = models.SlugField(max_length=40)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)
    # Of two people who write at once, the second is told that somebody else was here, and not that they were.
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "step"], name="draft_step_once")]

    def __str__(self) -> str:
        return f"{self.step} of {self.draft_id}"


class DraftFile(models.Model):
    """A certificate uploaded before there is a credential for it to prove."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    step = models.SlugField(max_length=40)
    page = models.PositiveSmallIntegerField(default=1)
    file = models.FileField(upload_to=evidence_path, max_length=120)
    shown_name = models.CharField("the name it had, shown to its owner only", max_length=200)
    content_type = models.CharField("as judged from the content", max_length=40)
    size = models.PositiveIntegerField("bytes")
    uploaded_at = models.DateTimeField(default=timezone.now)
    scan = models.CharField(max_length=10, choices=ScanState.choices, default=ScanState.NOT_ASKED)
    scan_claimed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"file of {self.draft_id}"
