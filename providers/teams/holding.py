"""What every write about a team begins and ends with: the team is held, and what all have said yes to takes effect.

One that leaves the register is asked nothing any more, and keeps nobody waiting.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.models import PartnerWish, Provider, ProviderMembership, Team, TeamMember, TeamPlan, TeamYes
from providers.models.partner_wish import Wish
from providers.models.provider_membership import ProviderRole
from providers.teams import letters
from providers.teams.rules import all_said_yes
from registry.accounts.rules import Refused
from registry.audit.actions import record
from registry.models import User


def hold(team_id: UUID) -> Team:
    """Whoever changes the team waits here for whoever changes it now. Raises Refused once it has ended."""
    team = Team.objects.select_for_update(of=("self",)).get(pk=team_id)
    if team.ended_at is not None:
        raise Refused(_("This team has ended."))
    return team


def hold_place(place: TeamMember) -> tuple[Team, TeamMember]:
    """The team, and a member's place as it is now. Raises Refused where it is not in it any more."""
    team = hold(place.team_id)
    now_there = TeamMember.objects.current().select_related("provider").filter(pk=place.pk).first()
    if now_there is None:
        raise Refused(_("You are not in this team any more."))
    return team, now_there


def present(team: Team) -> list[TeamMember]:
    """Those in it whose yes is asked for."""
    current = TeamMember.objects.current().filter(team=team, provider__left_at__isnull=True)
    return list(current.select_related("provider"))


def others(team: Team, place: TeamMember) -> list[TeamMember]:
    return [member for member in present(team) if member.pk != place.pk]


def open_to(providers: Sequence[UUID]) -> QuerySet[Provider]:
    """Whom these may ask: in public view, run by somebody who can say yes, and not unwilling to be asked by them.

    Which of the reasons keeps somebody away is nobody's business.
    """
    owners = ProviderMembership.objects.current().filter(provider=OuterRef("pk"), role=ProviderRole.OWNER)
    unwilling = PartnerWish.objects.filter(other__in=providers, wish=Wish.WOULD_NOT).values("provider")
    asked = Provider.listed.filter(Exists(owners), no_teams_since__isnull=True)
    return asked.exclude(pk__in=unwilling).exclude(pk__in=providers)


def say_yes(place: TeamMember, *, by: User, plan: TeamPlan | None = None, newcomer: TeamMember | None = None) -> bool:
    """Whether this is news; a second yes is none."""
    _yes, is_new = TeamYes.objects.get_or_create(member=place, plan=plan, newcomer=newcomer, defaults={"said_by": by})
    return is_new


def settle(team: Team, *, by: User) -> None:
    """Whatever everybody in the team has said yes to: newcomers are written to, a plan holds."""
    members, now = present(team), timezone.now()
    asked = [member.pk for member in members]
    for newcomer in TeamMember.objects.proposed_at(now).filter(team=team).select_related("provider", "asked_by"):
        if all_said_yes(asked, list(newcomer.yeses.values_list("member", flat=True))):
            _write_to(newcomer, members, by, now)
    plan = TeamPlan.objects.asked().filter(team=team).select_related("lead__provider").first()
    if plan is None:
        return
    if plan.lead_id not in asked:
        TeamPlan.objects.filter(pk=plan.pk).update(dropped_at=now)
    elif all_said_yes(asked, list(plan.yeses.values_list("member", flat=True))):
        _agree(team, plan, members, by, now)


def _write_to(newcomer: TeamMember, members: list[TeamMember], by: User, now: datetime.datetime) -> None:
    """Nobody is written to who did not want it when it came to that."""
    if not open_to([member.provider_id for member in members]).filter(pk=newcomer.provider_id).exists():
        TeamMember.objects.filter(pk=newcomer.pk).update(withdrawn_at=now)
        return
    newcomer.sent_at = now
    newcomer.save(update_fields=["sent_at"])
    letters.invite(newcomer, members)
    record("team.invited", by=by, target=newcomer, provider_id=newcomer.provider_id)


def _agree(team: Team, plan: TeamPlan, members: list[TeamMember], by: User, now: datetime.datetime) -> None:
    TeamPlan.objects.filter(pk=plan.pk).update(agreed_at=now)
    Team.objects.filter(pk=team.pk).update(form=plan.form)
    led = TeamMember.objects.filter(team=team, leads_since__isnull=False, left_at__isnull=True)
    led.exclude(pk=plan.lead_id).update(leads_since=None)
    TeamMember.objects.filter(pk=plan.lead_id, leads_since__isnull=True).update(leads_since=now)
    record("team.plan_agreed", by=by, target=plan, provider_id=plan.lead.provider_id)
    if len(members) > 1:
        words = _("All of you have said yes. %(lead)s leads %(team)s. How you work together: %(form)s.")
        words %= {"lead": plan.lead.provider.name, "team": team.name, "form": plan.get_form_display().lower()}
        letters.tell(members, team, _("%(team)s has a lead") % {"team": team.name}, words)
