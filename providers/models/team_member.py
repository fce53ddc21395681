from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.availability import Day
from providers.models.category import Category
from providers.models.provider import Provider
from providers.models.team import Team

# From the day it was asked, and from the day a mail went out: people who care for others are not at a desk.
TEAM_INVITATION_LASTS = datetime.timedelta(days=28)
UNANSWERED = Q(joined_at__isnull=True, declined_at__isnull=True, withdrawn_at__isnull=True)


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def current(self) -> TeamMemberQuerySet:
        return self.filter(joined_at__isnull=False, left_at__isnull=True)

    def in_on(self, day: datetime.date) -> TeamMemberQuerySet:
        return self.filter(Q(left_at__isnull=True) | Q(left_at__date__gt=day), joined_at__date__lte=day)

    def proposed_at(self, moment: datetime.datetime) -> TeamMemberQuerySet:
        """Named by one member; the others have not all said yes, and nobody outside knows of it."""
        lasts = Q(asked_at__gt=moment - TEAM_INVITATION_LASTS, team__ended_at__isnull=True)
        return self.filter(UNANSWERED, lasts, sent_at__isnull=True)

    def invited_at(self, moment: datetime.datetime) -> TeamMemberQuerySet:
        """Asked by mail, and still able to answer."""
        return self.filter(UNANSWERED, sent_at__gt=moment - TEAM_INVITATION_LASTS, team__ended_at__isnull=True)


class TeamMember(models.Model):
    """A provider's place in a team: named, invited, joined or not, gone again; each with its day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="team_places")
    asked_at = models.DateTimeField(_("named by a member"), default=timezone.now)
    asked_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(_("invited, once every member agreed"), null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back, or a member said no"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(_("why not, as the team reads it"), max_length=300, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    leads_since = models.DateTimeField(_("the lead since"), null=True, blank=True)
    # What it gives to the team: drawn from its listing when it joins, and changed as it likes.
    kinds = models.ManyToManyField(Category, related_name="+", blank=True)
    hours_a_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    days = ArrayField(models.CharField(max_length=3, choices=Day.choices), default=list, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "provider"],
                condition=Q(declined_at__isnull=True, withdrawn_at__isnull=True, left_at__isnull=True),
                name="team_member_once",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(leads_since__isnull=False, left_at__isnull=True),
                name="team_one_lead",
            ),
            models.CheckConstraint(
                name="team_member_one_answer",
                condition=Q(joined_at__isnull=True, declined_at__isnull=True)
                | Q(joined_at__isnull=True, withdrawn_at__isnull=True)
                | Q(declined_at__isnull=True, withdrawn_at__isnull=True),
            ),
            # Nobody is put in a team: who is in it was asked, and somebody of theirs said yes.
            models.CheckConstraint(
                name="team_member_said_yes",
                condition=Q(joined_at__isnull=True) | Q(sent_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="team_member_was_in_it",
                condition=Q(joined_at__isnull=False) | Q(left_at__isnull=True, leads_since__isnull=True),
            ),
            models.CheckConstraint(
                name="team_member_hours_in_a_week", condition=Q(hours_a_week__isnull=True) | Q(hours_a_week__lte=1512)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} in {self.team_id}"

    @property
    def open_until(self) -> datetime.datetime:
        return (self.sent_at or self.asked_at) + TEAM_INVITATION_LASTS
