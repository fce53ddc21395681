"""Private pages: with whom a provider would work, and whether it may be asked. Nobody else reads them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.access import get_provider
from providers.models import PartnerWish, Provider
from providers.teams import wish_actions
from providers.teams.access import get_wished
from providers.teams.forms import YES, MayBeAskedForm, NamedForm, WishForm
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.accounts.forms import posted

FOUND_AT_MOST = 20


@require_GET
@login_required
def wishes(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    form = NamedForm(request.GET if "name" in request.GET else None)
    name = form.cleaned_data["name"] if form.is_bound and form.is_valid() else ""
    found = Provider.listed.filter(name__icontains=name).exclude(pk=provider.pk) if name else Provider.listed.none()
    page = {
        "provider": provider,
        "wishes": PartnerWish.objects.filter(provider=provider).select_related("other").order_by("other__name"),
        "form": form,
        "name": name,
        "found": found[:FOUND_AT_MOST],
    }
    return render(request, "teams/wishes.html", page)


@require_http_methods(["GET", "POST"])
@login_required
def wish(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    about = get_wished(provider, other)
    said = PartnerWish.objects.filter(provider=provider, other=about).first()
    form = WishForm(posted(request), initial={"wish": said.wish if said else "none"})
    if request.method == "POST" and form.is_valid():
        wish_actions.wish(provider=provider, other=about, wish=form.chosen(), by=signed_in(request))
        messages.success(request, _("Saved. Nobody but you sees it."))
        return redirect("partner_wishes", slug)
    return render(request, "teams/wish.html", {"provider": provider, "other": about, "form": form})


@require_POST
@login_required
def may_be_asked(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.TEAM_UP)
    form = MayBeAskedForm(request.POST)
    if form.is_valid():
        yes = form.cleaned_data["asked"] == YES
        wish_actions.may_be_asked(provider=provider, yes=yes, by=signed_in(request))
        messages.success(request, _("Others may ask you.") if yes else _("Nobody can ask you into a team now."))
    return redirect("my_teams", slug)
