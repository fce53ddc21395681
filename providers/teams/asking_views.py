"""Asking somebody into a team: naming them, the members' own yes or no, and the answer of the one that is asked."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from providers.access import get_provider
from providers.models import Provider, TeamMember
from providers.models.team import TeamForm
from providers.teams import asking_actions
from providers.teams.access import get_invitation, get_listed, get_other, get_place
from providers.teams.forms import AnswerForm
from providers.teams.giving import listed_by, names_of
from providers.teams.holding import present
from providers.teams.pressing import press
from providers.teams.shown import page_of
from providers.teams.wording import FORMS
from registry.access.getters import signed_in
from registry.access.limits import seconds_to_wait_for
from registry.access.permissions import Permission
from registry.accounts.forms import posted
from registry.accounts.rules import Refused

A_DAY = 24 * 60 * 60
# Of one provider, into all its teams.
ASKED_A_DAY = 15


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: HttpRequest, slug: str, team_id: uuid.UUID, other: str) -> HttpResponse:
    """What the other one will read, before anything is sent."""
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    place, asked = get_place(provider, team_id), get_listed(other)
    if request.method == "POST":
        _name(request, place, asked)
        return redirect("team", slug, team_id)
    page = {"provider": provider, "team": place.team, "other": asked, "members": present(place.team)}
    return render(request, "teams/ask.html", page)


def _name(request: HttpRequest, place: TeamMember, asked: Provider) -> None:
    if seconds_to_wait_for(str(place.provider_id), "team-ask", most=ASKED_A_DAY, seconds=A_DAY):
        messages.info(request, _("You have asked many people today. Please go on tomorrow."))
        return
    try:
        newcomer = asking_actions.ask(place=place, other=asked, by=signed_in(request))
    except Refused as refused:
        messages.info(request, str(refused))
        return
    if newcomer.sent_at:
        messages.success(request, _("We have written to %(who)s.") % {"who": asked.name})
    else:
        messages.success(
            request, _("The others in your team are asked first. Then we write to %(who)s.") % {"who": asked.name}
        )


@require_POST
@login_required
def agree(request: HttpRequest, slug: str, team_id: uuid.UUID, place_id: uuid.UUID) -> HttpResponse:
    place = get_place(get_provider(request.user, slug, Permission.TEAM_UP), team_id)
    press(request, _("You have said yes."), asking_actions.agree, place=place, newcomer=get_other(place.team, place_id))
    return redirect("team", slug, team_id)


@require_POST
@login_required
def take_back(request: HttpRequest, slug: str, team_id: uuid.UUID, place_id: uuid.UUID) -> HttpResponse:
    place = get_place(get_provider(request.user, slug, Permission.TEAM_UP), team_id)
    press(
        request,
        _("They are not asked, or can no longer say yes."),
        asking_actions.take_back,
        place=place,
        newcomer=get_other(place.team, place_id),
    )
    return redirect("team", slug, team_id)


@require_http_methods(["GET", "POST"])
@login_required
def invitation(request: HttpRequest, slug: str, place_id: uuid.UUID) -> HttpResponse:
    """What the one that is asked reads: who is in it, what it is for, how it works, and what it would bring."""
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    asked = get_invitation(provider, place_id)
    if asked.joined_at and not asked.left_at and not asked.team.ended_at:
        return redirect("team", slug, asked.team_id)
    if not TeamMember.objects.invited_at(timezone.now()).filter(pk=asked.pk).exists():
        return render(request, "teams/invitation_ended.html", {"provider": provider, "asked": asked}, status=410)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid() and _answer(request, asked, form):
        return redirect("team", slug, asked.team_id) if form.is_yes else redirect("my_teams", slug)
    team, gives = asked.team, listed_by(provider.pk)
    page = {
        "provider": provider,
        "asked": asked,
        "team": team,
        "page": page_of(asked, timezone.now()),
        "told": FORMS[TeamForm(team.form)] if team.form else None,
        "gives": gives,
        "kinds": names_of(gives.kinds),
        "form": form,
    }
    return render(request, "teams/invitation.html", page)


def _answer(request: HttpRequest, asked: TeamMember, form: AnswerForm) -> bool:
    """Whether it was taken; else the form says what stands against it."""
    try:
        if form.is_yes:
            asking_actions.accept(place=asked, by=signed_in(request))
            messages.success(request, _("You are in the team. Below is what you give; you can change it."))
        else:
            asking_actions.decline(place=asked, why=form.cleaned_data["why"], by=signed_in(request))
            messages.success(request, _("You have said no. We have told them."))
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
