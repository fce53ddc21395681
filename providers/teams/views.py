"""A provider's teams: the list, starting one, its page, what one gives, going and ending."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from providers.access import get_provider, may
from providers.models import Provider, Team, TeamMember
from providers.teams import actions
from providers.teams.access import get_other, get_place
from providers.teams.forms import GivesForm, MayBeAskedForm, TeamDetailsForm
from providers.teams.giving import listed_by
from providers.teams.holding import present
from providers.teams.panel import waiting
from providers.teams.pressing import press
from providers.teams.shown import page_of
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.accounts.forms import posted
from registry.accounts.rules import Refused


@require_GET
@login_required
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    running = TeamMember.objects.current().filter(provider=provider, team__ended_at__isnull=True)
    waits = waiting({provider.pk: provider})[0]
    asked = {place.pk for place in waits.places}
    complete = set(Team.objects.standing().of(provider).values_list("pk", flat=True))
    page = {
        "provider": provider,
        "teams": [(place, place.team_id in complete, place.pk in asked) for place in running.select_related("team")],
        "invitations": waits.invitations,
        "is_public": Provider.listed.filter(pk=provider.pk).exists(),
        "may_team_up": may(request.user, provider, Permission.TEAM_UP),
        "form": MayBeAskedForm(initial={"asked": "no" if provider.no_teams_since else "yes"}),
    }
    return render(request, "teams/mine.html", page)


@require_http_methods(["GET", "POST"])
@login_required
def start(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    form = TeamDetailsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            place = actions.start(provider=provider, by=signed_in(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("team", slug, place.team_id)
    return render(request, "teams/start.html", {"provider": provider, "form": form})


@require_GET
@login_required
def team(request: HttpRequest, slug: str, team_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    place = get_place(provider, team_id)
    page = {
        "provider": provider,
        "team": place.team,
        "page": page_of(place, timezone.now()),
        "may_team_up": may(request.user, provider, Permission.TEAM_UP),
    }
    return render(request, "teams/team.html", page)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, slug: str, team_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    place = get_place(provider, team_id)
    form = TeamDetailsForm(posted(request), initial={"name": place.team.name, "purpose": place.team.purpose})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(place=place, by=signed_in(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. We have told the others."))
            return redirect("team", slug, team_id)
    return render(request, "teams/change.html", {"provider": provider, "team": place.team, "form": form})


@require_http_methods(["GET", "POST"])
@login_required
def giving(request: HttpRequest, slug: str, team_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    place = get_place(provider, team_id)
    given = [kind.pk for kind in place.kinds.all()]
    start_from = {"kinds": given, "hours": place.hours_a_week, "days": place.days}
    form = GivesForm(posted(request), listed=listed_by(provider.pk).kinds, initial=start_from)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give(place=place, by=signed_in(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. The others in the team see it."))
            return redirect("team", slug, team_id)
    return render(request, "teams/giving.html", {"provider": provider, "team": place.team, "form": form})


@require_http_methods(["GET", "POST"])
@login_required
def without(request: HttpRequest, slug: str, team_id: uuid.UUID, place_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    place = get_place(provider, team_id)
    other = get_other(place.team, place_id)
    if request.method == "POST":
        press(request, _("The rest of you go on without them."), actions.go_on_without, place=place, other=other)
        return redirect("team", slug, team_id)
    return render(request, "teams/without.html", {"provider": provider, "team": place.team, "other": other})


@require_http_methods(["GET", "POST"])
@login_required
def leave(request: HttpRequest, slug: str, team_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    place = get_place(provider, team_id)
    if request.method == "POST":
        actions.leave(place=place, by=signed_in(request))
        messages.success(request, _("You have left the team."))
        return redirect("my_teams", slug)
    page = {"provider": provider, "team": place.team, "mine": place, "is_last": len(present(place.team)) == 1}
    return render(request, "teams/leave.html", page)


@require_http_methods(["GET", "POST"])
@login_required
def end(request: HttpRequest, slug: str, team_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    place = get_place(provider, team_id)
    if request.method == "POST":
        try:
            actions.end(place=place, by=signed_in(request))
        except Refused as refused:
            messages.info(request, str(refused))
            return redirect("team", slug, team_id)
        messages.success(request, _("The team has ended."))
        return redirect("my_teams", slug)
    page = {"provider": provider, "team": place.team, "may_end": actions.may_end(place, present(place.team))}
    return render(request, "teams/end.html", page)
