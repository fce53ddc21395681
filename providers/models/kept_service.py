from __future__ import annotations

from django.db import models

from providers.models.kept_list import KeptList

NOTE_LETTERS = 200


class KeptServiceQuerySet(models.QuerySet["KeptService"]):
    def still_on(self) -> KeptServiceQuerySet:
        return self.filter(taken_off_on__isnull=True)


class KeptService(models.Model):
    """One service on a family's list, in the family's own order, with their own line about it."""

    kept_list = models.ForeignKey(KeptList, on_delete=models.CASCADE, related_name="kept")
    # No relation: who leaves the register takes their rows along, and the list still says that somebody has gone.
    service_id = models.UUIDField()
    position = models.PositiveIntegerField()
    kept_on = models.DateField()
    note = models.CharField(max_length=NOTE_LETTERS, blank=True)
    # Can be put back for some days.
    taken_off_on = models.DateField(null=True, blank=True)

    objects = KeptServiceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["kept_list", "service_id"], name="kept_once_on_a_list")]

    def __str__(self) -> str:
        return f"service {self.service_id} on {self.kept_list_id}"
