from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider


class Scheme(models.TextChoices):
    """A public register that gives its own number to a business. Whose a service is stands with the service."""

    COMPANY = "company", _("Company number")
    MUTUALS = "mutuals", _("Mutuals register number")
    CHARITY = "charity", _("Charity number")
    CQC_PROVIDER = "cqc_provider", _("CQC provider ID")
    CQC_LOCATION = "cqc_location", _("CQC location ID")
    ICO = "ico", _("ICO registration number")
    PPON = "ppon", _("Public procurement organisation number (PPON)")


class Identifier(models.Model):
    """A provider's number on a public register, written as the register writes it."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20, choices=Scheme.choices)
    value = models.CharField(max_length=40)

    class Meta:
        ordering = ["scheme"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "scheme"], name="identifier_once"),
            models.CheckConstraint(name="identifier_scheme_known", condition=Q(scheme__in=Scheme.values)),
            models.CheckConstraint(name="identifier_not_empty", condition=~Q(value="")),
        ]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_by_value")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
