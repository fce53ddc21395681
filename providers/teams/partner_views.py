"""Who near us could work with us: for a provider by itself, and for a team that looks for one more."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from providers.access import get_provider, may
from providers.listings.hours import days_in_words
from providers.models import PartnerWish, Provider, Team, TeamMember
from providers.models.partner_wish import Wish
from providers.teams.access import get_place
from providers.teams.forms import SAME, WORK, PartnersForm
from providers.teams.giving import listed_by, names_of, promised
from providers.teams.near import Partner, base_of, for_work, near, new_kinds
from providers.teams.rules import Gives, Missing, Wanted, missing
from registry.access.permissions import Permission

ON_A_PAGE = 20


@require_GET
@login_required
def partners(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    return _show(request, provider, None, [listed_by(provider.pk)], [provider], [])


@require_GET
@login_required
def team_partners(request: HttpRequest, slug: str, team_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    team = get_place(provider, team_id).team
    places = list(TeamMember.objects.current().filter(team=team).select_related("provider").prefetch_related("kinds"))
    now = timezone.now()
    asked = (TeamMember.objects.proposed_at(now) | TeamMember.objects.invited_at(now)).filter(team=team)
    known = list(asked.values_list("provider", flat=True))
    given = list(promised(places).values())
    return _show(request, provider, team, given, [place.provider for place in places], known)


def _show(
    request: HttpRequest,
    provider: Provider,
    team: Team | None,
    given: Sequence[Gives],
    members: Sequence[Provider],
    known: Sequence[uuid.UUID],
) -> HttpResponse:
    """`given`: what those who look have already; `known`: whom they have asked, and need not find again."""
    form = PartnersForm(request.GET if request.GET.keys() & PartnersForm.base_fields.keys() else None)
    is_asked = not form.is_bound or form.is_valid()
    found, short = _found(form, provider, members, known, given) if is_asked else ([], None)
    page: dict[str, Any] = {
        "provider": provider,
        "team": team,
        "form": form,
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "is_asked": is_asked,
        "has_base": base_of(provider) is not None,
        "short": short,
        "short_kinds": names_of(short.kinds) if short else [],
        "short_days": days_in_words(short.days) if short else [],
        "teams": TeamMember.objects.current().filter(provider=provider, team__ended_at=None).select_related("team"),
        "may_team_up": may(request.user, provider, Permission.TEAM_UP),
    }
    return render(request, "teams/partners.html", page)


def _found(
    form: PartnersForm,
    provider: Provider,
    members: Sequence[Provider],
    known: Sequence[uuid.UUID],
    given: Sequence[Gives],
) -> tuple[list[Partner], Missing | None]:
    base = base_of(provider)
    if base is None:
        return [], None
    look, ids = form.looked_for, [member.pk for member in members]
    wished = PartnerWish.objects.filter(provider=provider, wish=Wish.WOULD).values_list("other", flat=True)
    wanted = form.wanted() if look == WORK else Wanted()
    listings = near(base, ids, known, wanted.kinds)
    if look != WORK:
        return new_kinds(listings, given, set(wished), same=look == SAME), None
    return for_work(listings, wanted, given, set(wished)), missing(wanted, given)
