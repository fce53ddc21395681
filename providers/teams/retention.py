"""When what is kept of teams goes."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models import PartnerWish, Team, TeamMember, TeamPlan
from providers.models.team_member import TEAM_INVITATION_LASTS
from registry.site import RetentionRule

NOT_JOINED_KEPT = datetime.timedelta(days=90)
ENDED_KEPT = datetime.timedelta(days=365)


def purge_invitations(today: datetime.date) -> int:
    """Those that came to nothing: said no to, taken back, or never answered."""
    since = today - NOT_JOINED_KEPT
    over = Q(declined_at__date__lt=since) | Q(withdrawn_at__date__lt=since)
    over |= Q(asked_at__date__lt=since - 2 * TEAM_INVITATION_LASTS)
    # Only rows of its own: with a row go the yeses of others to it, which mean nothing without it.
    return TeamMember.objects.filter(over, joined_at__isnull=True).delete()[0]


def purge_ended(today: datetime.date) -> int:
    """What a team was called and who was in it. Its number and days stay: others may point at them."""
    over = Team.objects.filter(ended_at__date__lt=today - ENDED_KEPT)
    gone = TeamPlan.objects.filter(team__in=over).delete()[0]
    gone += TeamMember.objects.filter(team__in=over).delete()[0]
    return gone + over.exclude(name="", purpose="").update(name="", purpose="")


def purge_wishes(today: datetime.date) -> int:
    """Wishes go when either of the two leaves; what slipped through goes here."""
    gone = Q(provider__left_at__isnull=False) | Q(other__left_at__isnull=False)
    return PartnerWish.objects.filter(gone).delete()[0]


RULES = [
    RetentionRule(
        "team_invitations",
        _("That a provider was asked into a team and did not join, and why if it said so"),
        _("90 days after it was answered or taken back, or could no longer be answered"),
        _("So that nobody is asked again by the same team soon."),
        purge_invitations,
    ),
    RetentionRule(
        "teams",
        _("Which providers work together as a team, what each gives, and what each said yes to"),
        _("One year after the team ended. The name of a provider that leaves goes at once"),
        _("So that the members, and a council they answered, can see who had agreed to what."),
        purge_ended,
    ),
    RetentionRule(
        "partner_wishes",
        _("With whom a provider would, or would rather not, work. Seen by that provider alone"),
        _("Until the provider changes it, or one of the two leaves"),
        _("So that nobody is put together with somebody they do not want to work with."),
        purge_wishes,
    ),
]
