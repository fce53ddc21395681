from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Council


class Digest(models.TextChoices):
    NONE = "none", _("No e-mail")
    DAILY = "daily", _("Each day on which something is new")
    WEEKLY = "weekly", _("Each week in which something is new")


class SavedSearch(models.Model):
    """A commissioner's search, kept under a name: the address of it, which never holds a full postcode (rule 11).

    `found` is what it found when it was last looked at for a digest: the number of the version by id of the service.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="saved_searches")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(max_length=4000, blank=True)
    digest = models.CharField(max_length=6, choices=Digest.choices, default=Digest.NONE)
    found = models.JSONField(default=dict)
    looked_on = models.DateField(null=True, blank=True)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name", "saved_at"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(fields=["council", "owner", "name"], name="saved_search_name_once"),
            models.CheckConstraint(name="saved_search_digest_known", condition=models.Q(digest__in=Digest.values)),
        ]
        # Asked each minute: whose digest is due?
        indexes = [models.Index(fields=["looked_on"], name="saved_search_due", condition=~models.Q(digest=Digest.NONE))]

    def __str__(self) -> str:
        return self.name
