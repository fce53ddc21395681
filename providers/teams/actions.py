"""Every write about a team as such: starting it, what it is called, what each gives, going and ending."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.models import Category, Provider, Team, TeamMember
from providers.teams import letters
from providers.teams.giving import listed_by
from providers.teams.holding import hold_place, others, present, settle
from providers.teams.rules import MOST_TEAMS, goes_on_without
from providers.teams.state import inside_of, oldest_good
from registry.accounts.rules import Refused
from registry.audit.actions import record
from registry.models import User


@transaction.atomic
def start(*, provider: Provider, name: str, purpose: str, by: User) -> TeamMember:
    """A team with one in it. Sent twice, it is the same team."""
    held = Provider.every.select_for_update(of=("self",)).get(pk=provider.pk)
    mine = TeamMember.objects.current().filter(provider=held, team__ended_at__isnull=True).select_related("team")
    same = mine.filter(team__name=name, team__purpose=purpose).first()
    if same is not None:
        return same
    if not Provider.listed.filter(pk=held.pk).exists():
        raise Refused(_("You can start a team once families can see your listing."))
    if mine.count() >= MOST_TEAMS:
        raise Refused(
            _("You are in %(most)s teams already. Leave one before you start another.") % {"most": MOST_TEAMS}
        )
    now = timezone.now()
    team = Team.objects.create(name=name, purpose=purpose, started_at=now, started_by=by)
    place = TeamMember.objects.create(
        team=team, provider=held, asked_at=now, sent_at=now, joined_at=now, answered_by=by
    )
    draw(place)
    record("team.started", by=by, target=team, provider_id=held.pk)
    return place


@transaction.atomic
def change(*, place: TeamMember, name: str, purpose: str, by: User) -> None:
    """What it is called and for. The lead does; as long as there is none, any of them. The others are told."""
    team, mine = hold_place(place)
    if not may_speak(mine, present(team)):
        raise Refused(_("Only the lead of the team changes this."))
    was = {"name": team.name, "purpose": team.purpose}
    changed = [field for field, said in {"name": name, "purpose": purpose}.items() if was[field] != said]
    if not changed:
        return
    Team.objects.filter(pk=team.pk).update(name=name, purpose=purpose)
    record("team.changed", by=by, target=team, provider_id=mine.provider_id, fields=changed)
    words = _("%(who)s has changed what your team is called, or what it is for. It is now: %(team)s. %(purpose)s")
    words %= {"who": mine.provider.name, "team": name, "purpose": purpose}
    letters.tell(others(team, mine), team, _("%(team)s has changed") % {"team": was["name"]}, words)


@transaction.atomic
def give(*, place: TeamMember, kinds: Collection[str], hours: int | None, days: Collection[str], by: User) -> None:
    """What this member brings. It says so itself, and changes it whenever it likes."""
    _team, mine = hold_place(place)
    mine.hours_a_week, mine.days = hours, sorted(days)
    mine.save(update_fields=["hours_a_week", "days"])
    mine.kinds.set(Category.objects.filter(pk__in=kinds))
    record("team.gives_changed", by=by, target=mine, provider_id=mine.provider_id)


@transaction.atomic
def leave(*, place: TeamMember, by: User) -> None:
    """Nobody is kept. The last one to go ends it; a second press finds nothing to do."""
    team = Team.objects.select_for_update(of=("self",)).get(pk=place.team_id)
    current = TeamMember.objects.current().filter(pk=place.pk)
    if team.ended_at is not None or not current.update(left_at=timezone.now()):
        return
    record("team.left", by=by, target=place, provider_id=place.provider_id)
    staying = present(team)
    if not staying:
        Team.objects.filter(pk=team.pk).update(ended_at=timezone.now(), ended_by=by)
        record("team.ended", by=by, target=team, provider_id=place.provider_id)
        return
    words = _("%(who)s has left %(team)s.") % {"who": place.provider.name, "team": team.name}
    letters.tell(staying, team, _("Somebody has left %(team)s") % {"team": team.name}, words)
    settle(team, by=by)


@transaction.atomic
def go_on_without(*, place: TeamMember, other: TeamMember, by: User) -> None:
    """The others mend their team where one of them is no longer in public view. That one is told, if it is there."""
    team, mine = hold_place(place)
    gone = TeamMember.objects.current().select_related("provider").filter(pk=other.pk, team=team).first()
    if gone is None or gone.pk == mine.pk:
        return
    if not goes_on_without(inside_of([gone])[gone.pk], oldest_good(timezone.localdate())):
        raise Refused(_("%(who)s is on the register. Only they can leave the team.") % {"who": gone.provider.name})
    TeamMember.objects.filter(pk=gone.pk).update(left_at=timezone.now())
    record("team.gone_on", by=by, target=gone, provider_id=mine.provider_id)
    words = _("Your listing is not in public view. So the others in %(team)s go on without you.")
    letters.tell_outside(
        gone.provider, _("You are not in %(team)s any more") % {"team": team.name}, words % {"team": team.name}
    )
    settle(team, by=by)


@transaction.atomic
def end(*, place: TeamMember, by: User) -> None:
    """For all of them: the lead does, or the only one left. A second press finds nothing to do."""
    team = Team.objects.select_for_update(of=("self",)).get(pk=place.team_id)
    if team.ended_at is not None:
        return
    team, mine = hold_place(place)
    if not may_end(mine, present(team)):
        raise Refused(_("Only the lead ends a team. You can leave it."))
    told = others(team, mine)
    Team.objects.filter(pk=team.pk).update(ended_at=timezone.now(), ended_by=by)
    record("team.ended", by=by, target=team, provider_id=mine.provider_id)
    words = _("%(who)s, which led %(team)s, has ended it.") % {"who": mine.provider.name, "team": team.name}
    for member in told:
        letters.tell_outside(member.provider, _("%(team)s has ended") % {"team": team.name}, words)


def draw(place: TeamMember) -> None:
    """What its listing says today, for it to change as it likes."""
    gives = listed_by(place.provider_id)
    place.hours_a_week, place.days = gives.hours, sorted(gives.days)
    place.save(update_fields=["hours_a_week", "days"])
    place.kinds.set(Category.objects.filter(pk__in=gives.kinds))


def may_speak(place: TeamMember, members: Collection[TeamMember]) -> bool:
    """Whether this one decides what the team is called: its lead, or anybody while it has none."""
    return place.leads_since is not None or all(member.leads_since is None for member in members)


def may_end(place: TeamMember, members: Collection[TeamMember]) -> bool:
    return place.leads_since is not None or len(members) == 1
