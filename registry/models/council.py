from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _


class Nation(models.TextChoices):
    ENGLAND = "England", _("England")
    SCOTLAND = "Scotland", _("Scotland")
    WALES = "Wales", _("Wales")
    NORTHERN_IRELAND = "Northern Ireland", _("Northern Ireland")


class CouncilQuerySet(models.QuerySet["Council"]):
    def switched_on(self) -> CouncilQuerySet:
        return self.filter(switched_on_on__isnull=False)


class Council(models.Model):
    """One of the 212 bodies with adult social care duties; the tenant, once an operator has switched it on."""

    code = models.CharField(_("ONS code"), max_length=9, primary_key=True)
    name = models.CharField(max_length=100)
    nation = models.CharField(max_length=20, choices=Nation.choices)
    kind = models.CharField(max_length=60)
    boundary = models.JSONField(help_text=_("GeoJSON geometry, WGS 84, simplified"))
    borders = models.ManyToManyField("self", blank=True)
    switched_on_on = models.DateField(null=True, blank=True)

    size_limit = models.PositiveSmallIntegerField(_("most people a listed provider may have"), default=9)
    adults_phone = models.CharField(_("adult social care phone"), max_length=30, blank=True)
    adults_email = models.EmailField(_("adult social care email"), blank=True)
    website = models.URLField(_("website"), blank=True)
    safeguarding_phone = models.CharField(_("safeguarding phone"), max_length=30, blank=True)
    safeguarding_url = models.URLField(_("safeguarding form"), blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="council_nation_known", condition=models.Q(nation__in=Nation.values)),
            models.CheckConstraint(
                name="council_size_limit_sane", condition=models.Q(size_limit__gte=1, size_limit__lte=50)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """As people call the body: "Wiltshire Council", "Bristol City Council"."""
        # The national list writes "Bristol, City of" and "Herefordshire, County of".
        name = self.name.removesuffix(", County of").replace(", City of", " City")
        if self.kind == "HSC trust":
            return now_("%(name)s Health and Social Care Trust") % {"name": name}
        return now_("%(name)s Council") % {"name": name}

    @property
    def is_on(self) -> bool:
        return self.switched_on_on is not None

    def switched_on_by(self, day: datetime.date) -> bool:
        return self.switched_on_on is not None and self.switched_on_on <= day
