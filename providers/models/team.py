from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.confirmation import GOOD_FOR
from providers.models.listing import Listing
from providers.models.provider import Provider

if TYPE_CHECKING:
    from providers.models.team_member import TeamMemberQuerySet

FEWEST = 2
# Who is in it today, seen from the team.
IN = Q(members__joined_at__isnull=False, members__left_at__isnull=True)


class TeamForm(models.TextChoices):
    """How the members stand to one another, and to whoever buys."""

    LEAD_AND_PARTNERS = "lead", _("A lead and partners")
    CONSORTIUM = "consortium", _("A consortium agreement")
    CO_OPERATIVE = "co_operative", _("A co-operative")


class TeamQuerySet(models.QuerySet["Team"]):
    def running(self) -> TeamQuerySet:
        return self.filter(ended_at__isnull=True)

    def of(self, provider: Provider) -> TeamQuerySet:
        """Those that it is in today: it said yes, and has not left."""
        return self.running().filter(IN, members__provider=provider)

    def standing(self, today: datetime.date | None = None) -> TeamQuerySet:
        """Those that can answer somebody today: the twin of `teams.rules.lacks` with nothing lacking."""
        oldest = (today or timezone.localdate()) - GOOD_FOR
        confirmed = Listing.objects.filter(confirmed_on__gte=oldest).values("provider")
        fit = IN & Q(members__provider__in=Provider.listed.filter(pk__in=confirmed))
        counted = (
            self.model.objects.running()
            .exclude(form="")
            .annotate(
                inside=Count("members", IN),
                able=Count("members", fit),
                leads=Count("members", IN & Q(members__leads_since__isnull=False)),
            )
            .filter(inside__gte=FEWEST, able=F("inside"), leads=1)
        )
        return self.filter(pk__in=counted.values("pk"))


class Team(models.Model):
    """Providers that answer together. Its state is derived from the dates here and of its members, never stored.

    `form`, and the lead among its members, are what every member has said yes to; what is still asked is a `TeamPlan`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80, blank=True)
    purpose = models.CharField(_("what it is for"), max_length=300, blank=True)
    form = models.CharField(_("how its members stand to one another"), max_length=12, choices=TeamForm, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    # None where the last member left the register, and the team ended with it.
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.CheckConstraint(name="team_form_known", condition=Q(form__in=["", *TeamForm.values])),
            models.CheckConstraint(
                name="team_ended_by_is_dated", condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def members_on(self, day: datetime.date) -> TeamMemberQuerySet:
        """Who was in it at the end of that day."""
        return self.members.in_on(day)
