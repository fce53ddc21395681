from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def open_on(self, day: datetime.date) -> ApiKeyQuerySet:
        return self.filter(expires_on__gte=day)


class ApiKey(models.Model):
    """With what a program acts for a person. Only the digest is kept: nobody can read the key out of the database.

    The libraries that keep digests (django-rest-knox) know no name, no last day of use and no second step, and would
    bring a second table of users' rows with rules of its own; what is needed of them is this file and one query.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(_("what it is for"), max_length=60)
    # 256 random bits need no salt and no slow hash: there is nothing to guess.
    digest = models.CharField(_("SHA-256 of the key"), max_length=64, unique=True)
    # Council staff may act only after a second step; a key is as good as the sign-in that it was made in.
    after_second_step = models.BooleanField(_("made after a second step"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_on = models.DateField(_("last day"))
    last_used_on = models.DateField(_("last used"), null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(name="api_key_holds_a_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"API key of {self.user_id}"
