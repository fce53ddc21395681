from django.db import models

from registry.models.council import Council


class District(models.Model):
    """A 2025 local authority district and the body that has its adult social care duties."""

    code = models.CharField("ONS code", max_length=9, primary_key=True)
    name = models.CharField(max_length=100)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="districts")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
