from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider


class Holder(models.TextChoices):
    PROVIDER = "provider", _("The business")
    WORKERS = "workers", _("People who do the work")


class CoverPer(models.TextChoices):
    CLAIM = "claim", _("for each claim")
    YEAR = "year", _("in all, in a year")


class Edition(models.IntegerChoices):
    """Of the Care Certificate: 15 standards, and 16 since March 2025."""

    FIRST = 2015, _("2015, 15 standards")
    SECOND = 2025, _("2025, 16 standards")


def newest_outcome() -> Subquery:
    """What the check that counts says of a credential: the one recorded last. Null where there is none."""
    # Checks name credentials, so their model is not there yet when this file is read.
    checks = Credential._meta.get_field("checks").related_model._default_manager
    newest = checks.filter(credential=OuterRef("pk")).order_by("-recorded_at", "-pk")
    return Subquery(newest.values("outcome")[:1])


class ListedCredentials(models.Manager["Credential"]):
    """What a council has seen and not refused since, not replaced. Whether it is current is worked out from dates."""

    def get_queryset(self) -> models.QuerySet[Credential]:
        return (
            super()
            .get_queryset()
            .alias(newest_outcome=newest_outcome())
            .filter(
                newest_outcome="seen",
                replaced_at__isnull=True,
                provider__listed_at__isnull=False,
                provider__suspended_at__isnull=True,
                provider__left_at__isnull=True,
            )
        )


class Credential(models.Model):
    """A claim that something is held, and by whom: insurance, training, registration. Never a DBS check."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="credentials")
    kind = models.CharField(_("what it is"), max_length=40)
    holder = models.CharField(max_length=10, choices=Holder.choices)
    held_by = models.PositiveSmallIntegerField(_("how many of the people hold it"), null=True, blank=True)
    issuer = models.CharField(_("insurer, trainer or issuer"), max_length=120, blank=True)
    reference = models.CharField(_("policy or certificate number"), max_length=60, blank=True)
    amount_pence = models.BigIntegerField(_("cover in pence"), null=True, blank=True)
    cover_per = models.CharField(max_length=10, choices=CoverPer.choices, blank=True)
    level = models.CharField(_("level"), max_length=40, blank=True)
    # Of the Care Certificate only.
    edition = models.PositiveSmallIntegerField(choices=Edition.choices, null=True, blank=True)
    standards = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    # First and last day on which it holds. No last day: it does not run out by itself.
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # What it renews: the old record goes along as history.
    renews = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="renewals")
    replaced_at = models.DateTimeField(_("replaced by a newer record"), null=True, blank=True)

    every = models.Manager()
    listed = ListedCredentials()

    class Meta:
        default_manager_name = "every"
        ordering = ["kind", "-starts_on"]
        # Asked each minute: what begins to hold today?
        indexes = [models.Index(fields=["starts_on"], name="credential_begins")]
        constraints = [
            # DBS facts live in a table of their own that has no room for a file or an outcome (rule 1).
            models.CheckConstraint(name="credential_is_not_dbs", condition=~Q(kind__icontains="dbs")),
            models.CheckConstraint(
                name="credential_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="credential_amount_positive",
                condition=Q(amount_pence__isnull=True) | Q(amount_pence__gt=0),
            ),
            models.CheckConstraint(
                name="credential_holder_counted",
                condition=Q(holder=Holder.PROVIDER, held_by__isnull=True) | Q(holder=Holder.WORKERS, held_by__gte=1),
            ),
            models.CheckConstraint(
                name="credential_edition_known", condition=Q(edition__isnull=True) | Q(edition__in=Edition.values)
            ),
            models.CheckConstraint(
                name="credential_standards_of_its_edition",
                condition=Q(edition__isnull=True, standards=[])
                | Q(edition=Edition.FIRST, standards__contained_by=list(range(1, 16)))
                | Q(edition=Edition.SECOND, standards__contained_by=list(range(1, 17))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.provider_id}"
