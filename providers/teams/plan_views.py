"""Who leads a team, and in what form: asked of all its members, and each answers for itself."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from providers.access import get_provider
from providers.teams import plan_actions
from providers.teams.access import get_place, get_plan
from providers.teams.forms import PlanForm
from providers.teams.holding import present
from providers.teams.pressing import press
from providers.teams.wording import FORMS
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.accounts.forms import posted
from registry.accounts.rules import Refused


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: HttpRequest, slug: str, team_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    place = get_place(provider, team_id)
    members = present(place.team)
    lead = next((str(member.pk) for member in members if member.leads_since), "")
    form = PlanForm(posted(request), members=members, initial={"lead": lead, "form": place.team.form})
    if request.method == "POST" and form.is_valid():
        try:
            chosen, how = form.chosen()
            plan_actions.ask(place=place, lead=chosen, form=how, by=signed_in(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved, with your yes. It holds once all of you have said yes."))
            return redirect("team", slug, team_id)
    page = {"provider": provider, "team": place.team, "form": form, "forms": FORMS.values()}
    return render(request, "teams/plan.html", page)


@require_POST
@login_required
def agree(request: HttpRequest, slug: str, team_id: uuid.UUID, plan_id: uuid.UUID) -> HttpResponse:
    place = get_place(get_provider(request.user, slug, Permission.TEAM_UP), team_id)
    press(request, _("You have said yes."), plan_actions.agree, place=place, plan=get_plan(place.team, plan_id))
    return redirect("team", slug, team_id)


@require_POST
@login_required
def refuse(request: HttpRequest, slug: str, team_id: uuid.UUID, plan_id: uuid.UUID) -> HttpResponse:
    place = get_place(get_provider(request.user, slug, Permission.TEAM_UP), team_id)
    press(
        request,
        _("You have said no. Nothing changes."),
        plan_actions.refuse,
        place=place,
        plan=get_plan(place.team, plan_id),
    )
    return redirect("team", slug, team_id)
