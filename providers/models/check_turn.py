from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from providers.models.credential import Credential
from registry.models import Council

# Long enough for a call to an insurer; a checker who went home keeps nothing from the others.
TURN_LASTS = datetime.timedelta(minutes=20)


class CheckTurnQuerySet(models.QuerySet["CheckTurn"]):
    def held(self, now: datetime.datetime) -> CheckTurnQuerySet:
        return self.filter(taken_at__gt=now - TURN_LASTS, taken_at__lt=now + TURN_LASTS)


class CheckTurn(models.Model):
    """Who is looking at a credential for a council just now, so that two checkers never do the same work."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="turns")
    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)

    objects = CheckTurnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["credential", "council"], name="check_turn_once")]

    def __str__(self) -> str:
        return f"turn of {self.by_id} at {self.credential_id}"
