"""Every write about asking somebody into a team: naming, agreeing among those in it, taking back, and the answer."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.models import Provider, Team, TeamMember, TeamPlan
from providers.models.team_member import UNANSWERED
from providers.teams import letters
from providers.teams.actions import draw
from providers.teams.holding import hold, hold_place, open_to, others, present, say_yes, settle
from providers.teams.rules import MOST, MOST_ASKED_AT_ONCE, WhyNot, why_not
from registry.accounts.rules import Refused
from registry.audit.actions import record
from registry.models import User

WHY_NOT = {
    WhyNot.OURSELVES: gettext_lazy("That is you."),
    WhyNot.IN_IT: gettext_lazy("They are in this team already."),
    WhyNot.SAID_NO: gettext_lazy("They said no to this team not long ago. Please ask somebody else."),
    # Which of the reasons it is stays with them.
    WhyNot.NOT_OPEN: gettext_lazy("They cannot be asked now. Please ask somebody else."),
    WhyNot.FULL: gettext_lazy("A team here has at most %(most)s members."),
    WhyNot.MANY_ASKED: gettext_lazy("You have asked %(asked)s already. Wait until some have answered."),
}


@transaction.atomic
def ask(*, place: TeamMember, other: Provider, by: User) -> TeamMember:
    """A member names somebody. Once all who are in it have said yes, and not before, that one is written to."""
    team, mine = hold_place(place)
    now = timezone.now()
    waiting = _waiting(team, other, now)
    if waiting is not None:
        # Named by another at the same time, or the button pressed twice: the same wish.
        _agree(team, mine, waiting, by)
        return waiting
    if (reason := _against(team, mine, other, now)) is not None:
        raise Refused(WHY_NOT[reason] % {"most": MOST, "asked": MOST_ASKED_AT_ONCE})
    _clear_lapsed(team, other, now)
    newcomer = TeamMember.objects.create(team=team, provider=other, asked_at=now, asked_by=mine)
    record("team.named", by=by, target=newcomer, provider_id=mine.provider_id)
    say_yes(mine, by=by, newcomer=newcomer)
    settle(team, by=by)
    if not TeamMember.objects.invited_at(now).filter(pk=newcomer.pk).exists():
        words = _("%(who)s would like to ask %(other)s into %(team)s. They are asked once all of you say yes.")
        words %= {"who": mine.provider.name, "other": other.name, "team": team.name}
        letters.tell(others(team, mine), team, _("Somebody new for %(team)s?") % {"team": team.name}, words)
    newcomer.refresh_from_db()
    return newcomer


@transaction.atomic
def agree(*, place: TeamMember, newcomer: TeamMember, by: User) -> None:
    """A member's own yes to asking somebody. A second yes changes nothing."""
    team, mine = hold_place(place)
    _agree(team, mine, newcomer, by)


@transaction.atomic
def take_back(*, place: TeamMember, newcomer: TeamMember, by: User) -> None:
    """Any member's no, before that one was written to or after. Harmless once it is over; refused once they joined."""
    team, mine = hold_place(place)
    if TeamMember.objects.current().filter(pk=newcomer.pk, team=team).exists():
        raise Refused(_("They have said yes meanwhile, and are in the team."))
    still_open = TeamMember.objects.filter(UNANSWERED, pk=newcomer.pk, team=team)
    if still_open.update(withdrawn_at=timezone.now()):
        record("team.taken_back", by=by, target=newcomer, provider_id=mine.provider_id)
        words = _("%(who)s has said no to asking %(other)s, or has taken it back.")
        words %= {"who": mine.provider.name, "other": newcomer.provider.name}
        letters.tell(others(team, mine), team, _("%(team)s: somebody is not asked") % {"team": team.name}, words)


@transaction.atomic
def accept(*, place: TeamMember, by: User) -> None:
    """The yes of the one that was asked; with it comes a yes to how the team works today. Twice is once."""
    team = hold(place.team_id)
    asked = TeamMember.objects.select_related("provider").get(pk=place.pk)
    if asked.joined_at is not None and asked.left_at is None:
        return
    _refuse_unless_open(asked)
    if not Provider.listed.filter(pk=asked.provider_id).exists():
        raise Refused(_("You can join once families can see your listing."))
    asked.joined_at, asked.answered_by = timezone.now(), by
    asked.save(update_fields=["joined_at", "answered_by"])
    draw(asked)
    holding = TeamPlan.objects.filter(team=team, agreed_at__isnull=False).order_by("agreed_at").last()
    if holding is not None:
        say_yes(asked, by=by, plan=holding)
    record("team.joined", by=by, target=asked, provider_id=asked.provider_id)
    words = _("%(who)s has said yes, and is in %(team)s now.")
    words %= {"who": asked.provider.name, "team": team.name}
    letters.tell(others(team, asked), team, _("%(who)s joins your team") % {"who": asked.provider.name}, words)


@transaction.atomic
def decline(*, place: TeamMember, why: str, by: User) -> None:
    """The no of the one that was asked, with a word of why if it likes. Twice is once."""
    team = hold(place.team_id)
    asked = TeamMember.objects.select_related("provider").get(pk=place.pk)
    if asked.declined_at is not None:
        return
    _refuse_unless_open(asked)
    asked.declined_at, asked.answered_by, asked.why = timezone.now(), by, why
    asked.save(update_fields=["declined_at", "answered_by", "why"])
    record("team.declined", by=by, target=asked, provider_id=asked.provider_id)
    words = _("%(who)s would rather not join %(team)s.") % {"who": asked.provider.name, "team": team.name}
    words = "\n\n".join(filter(None, [words, why]))
    letters.tell(present(team), team, _("%(who)s says no") % {"who": asked.provider.name}, words)


def _agree(team: Team, mine: TeamMember, newcomer: TeamMember, by: User) -> None:
    """Only what is still asked can be agreed to; what went out already has everybody's yes."""
    if not TeamMember.objects.proposed_at(timezone.now()).filter(pk=newcomer.pk, team=team).exists():
        return
    if say_yes(mine, by=by, newcomer=newcomer):
        record("team.newcomer_agreed", by=by, target=newcomer, provider_id=mine.provider_id)
    settle(team, by=by)


def _refuse_unless_open(asked: TeamMember) -> None:
    if not TeamMember.objects.invited_at(timezone.now()).filter(pk=asked.pk).exists():
        raise Refused(_("This invitation can no longer be answered."))


def _waiting(team: Team, other: Provider, now: datetime.datetime) -> TeamMember | None:
    named = TeamMember.objects.proposed_at(now) | TeamMember.objects.invited_at(now)
    return named.filter(team=team, provider=other).first()


def _clear_lapsed(team: Team, other: Provider, now: datetime.datetime) -> None:
    """One that nobody answered in time makes room for a new one."""
    TeamMember.objects.filter(UNANSWERED, team=team, provider=other).update(withdrawn_at=now)


def _against(team: Team, mine: TeamMember, other: Provider, now: datetime.datetime) -> WhyNot | None:
    members = list(TeamMember.objects.current().filter(team=team).values_list("provider", flat=True))
    asked = TeamMember.objects.proposed_at(now) | TeamMember.objects.invited_at(now)
    said_no = TeamMember.objects.filter(team=team, provider=other, declined_at__isnull=False)
    last_no = said_no.order_by("declined_at").values_list("declined_at", flat=True).last()
    return why_not(
        is_us=other.pk == mine.provider_id,
        is_in=other.pk in members,
        is_open=open_to(members).filter(pk=other.pk).exists(),
        said_no_on=timezone.localdate(last_no) if last_no else None,
        today=timezone.localdate(now),
        inside=len(members),
        asked=asked.filter(team=team).count(),
    )
