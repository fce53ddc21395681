from __future__ import annotations

from django.db import models
from django.db.models import Q

from providers.models.provider import Provider
from providers.models.service import Service


class ImportedRow(models.Model):
    """What an import last took from one row of a source, so that the next one writes only what is new.

    `digest` is of what was read, and not of the file: a date of export that moved is no change. `waits` says that it
    is written and not before the public yet; a run that was killed goes on with these.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, primary_key=True, related_name="imported")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="imported_rows")
    source = models.CharField(max_length=200)
    source_id = models.CharField(max_length=100)
    digest = models.UUIDField("128 bits of a hash")
    waits = models.BooleanField("waits to be published", default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="imported_row_once"),
        ]
        indexes = [
            models.Index(fields=["source", "provider"], condition=Q(waits=True), name="imported_row_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} of {self.source}"
