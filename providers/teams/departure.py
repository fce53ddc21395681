"""What becomes of teams when a provider leaves the register."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef

from providers.models import PartnerWish, Provider, Team, TeamMember


def leave_teams(*, provider: Provider, now: datetime.datetime) -> None:
    """Inside the transaction in which it leaves. What it said and gave goes, and so does what others wish about it.

    That it was in a team stays, with nothing in it: the others read that one of them has gone, and mend that. Only
    rows of its own are locked. Whoever changes a team holds the team and asks for its members' providers, and this one
    is held already: holding the team as well could stop both for ever.
    """
    PartnerWish.objects.filter(other=provider).delete()
    places = TeamMember.objects.filter(provider=provider)
    places.filter(joined_at__isnull=True).delete()
    TeamMember.kinds.through.objects.filter(teammember__in=places).delete()
    places.update(hours_a_week=None, days=[])
    still_here = TeamMember.objects.current().filter(team=OuterRef("pk"), provider__left_at__isnull=True)
    Team.objects.running().of(provider).exclude(Exists(still_here)).update(ended_at=now, name="", purpose="")
