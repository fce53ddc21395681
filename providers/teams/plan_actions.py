"""Every write about who leads a team and in what form: asked by one, and holding once all have said yes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.models import TeamMember, TeamPlan
from providers.models.team import TeamForm
from providers.teams import letters
from providers.teams.holding import hold_place, others, say_yes, settle
from registry.accounts.rules import Refused
from registry.audit.actions import record
from registry.models import User


@transaction.atomic
def ask(*, place: TeamMember, lead: TeamMember, form: TeamForm, by: User) -> None:
    """A member's wish, and with it its own yes. What holds goes on holding until all agree to another."""
    team, mine = hold_place(place)
    if not TeamMember.objects.current().filter(pk=lead.pk, team=team, provider__left_at__isnull=True).exists():
        raise Refused(_("The lead must be somebody who is in the team."))
    if team.form == form and TeamMember.objects.current().filter(pk=lead.pk, leads_since__isnull=False).exists():
        raise Refused(_("That is how it is already."))
    asked = TeamPlan.objects.asked().filter(team=team).first()
    if asked is None or (asked.lead_id, asked.form) != (lead.pk, form):
        # One question at a time: the newest wish takes the place of what was asked before.
        TeamPlan.objects.asked().filter(team=team).update(dropped_at=timezone.now())
        asked = TeamPlan.objects.create(team=team, lead=lead, form=form, asked_by=mine)
        record("team.plan_asked", by=by, target=asked, provider_id=mine.provider_id)
        words = _("%(who)s asks: shall %(lead)s lead %(team)s? How you would work together: %(form)s.")
        words %= {
            "who": mine.provider.name,
            "lead": lead.provider.name,
            "team": team.name,
            "form": form.label.lower(),
        }
        subject = _("Do you agree? %(team)s") % {"team": team.name}
        letters.tell(others(team, mine), team, subject, words + " " + _("It holds once all of you say yes."))
    say_yes(mine, by=by, plan=asked)
    settle(team, by=by)


@transaction.atomic
def agree(*, place: TeamMember, plan: TeamPlan, by: User) -> None:
    """A member's own yes. A second yes changes nothing; what is no longer asked is refused."""
    team, mine = hold_place(place)
    if TeamPlan.objects.filter(pk=plan.pk, agreed_at__isnull=False).exists():
        return
    if not TeamPlan.objects.asked().filter(pk=plan.pk, team=team).exists():
        raise Refused(_("That is not asked any more. Look at what is asked now."))
    if say_yes(mine, by=by, plan=plan):
        record("team.plan_yes", by=by, target=plan, provider_id=mine.provider_id)
    settle(team, by=by)


@transaction.atomic
def refuse(*, place: TeamMember, plan: TeamPlan, by: User) -> None:
    """One no ends the question, and so does whoever asked it. What held before goes on holding."""
    team, mine = hold_place(place)
    if TeamPlan.objects.asked().filter(pk=plan.pk, team=team).update(dropped_at=timezone.now()):
        record("team.plan_refused", by=by, target=plan, provider_id=mine.provider_id)
        words = _("%(who)s does not agree. So nothing changes. Talk about it, and ask again.")
        subject = _("Not all of you agree: %(team)s") % {"team": team.name}
        letters.tell(others(team, mine), team, subject, words % {"who": mine.provider.name})
