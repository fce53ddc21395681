from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from providers.access import get_provider, may
from providers.councils import actions
from providers.councils.forms import AskForm, LeaveForm
from providers.councils.near import offered_to
from providers.models import CouncilListing, Provider
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.models import Council


@login_required
@require_GET
def councils(request: HttpRequest, slug: str) -> HttpResponse:
    """The councils that list a provider, those it has asked, and what those said that would not."""
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    return render(request, "councils/councils.html", _standing(request, provider))


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    form = AskForm(*offered_to(provider), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _ask(request, provider, Council.objects.get(pk=form.cleaned_data["council"]))
        return redirect("my_councils", slug)
    return render(request, "councils/ask.html", {"provider": provider, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Off one council's list: one page that says what follows, one press."""
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    rows = list(_open_rows(provider))
    mine = next((row for row in rows if row.council_id == code), None)
    if mine is None:
        raise Http404("Not on this council's list")
    others = [row.council for row in rows if row.listed_at and row.council_id != code]
    homes = others if mine.listed_at and code == provider.home_council_id else []
    form = LeaveForm(homes, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        new_home = next((home for home in homes if home.pk == form.cleaned_data.get("new_home")), None)
        actions.leave(
            provider=provider, council=mine.council, by=signed_in(request), now=timezone.now(), new_home=new_home
        )
        messages.success(request, _("Done. You are not on that list any more."))
        return redirect("my_councils", slug)
    context = {"provider": provider, "row": mine, "others": others, "homes": homes, "form": form}
    return render(request, "councils/leave.html", context)


def _ask(request: HttpRequest, provider: Provider, council: Council) -> None:
    now, by = timezone.now(), signed_in(request)
    words = {"council": council.full_name}
    try:
        if actions.may_return(provider):
            actions.return_to(provider=provider, council=council, by=by, now=now)
            messages.success(request, _("Sent to %(council)s. Families see your page once it is published.") % words)
        else:
            actions.ask(provider=provider, council=council, by=by, now=now)
            messages.success(request, _("Asked. %(council)s can see your page and your papers now.") % words)
    except actions.CannotAskError:
        messages.info(request, _("You can ask once families can see your page."))


def _standing(request: HttpRequest, provider: Provider) -> dict[str, object]:
    rows = list(_open_rows(provider))
    refused = CouncilListing.objects.filter(provider=provider, ended_at__isnull=False).exclude(reason="")
    refused = refused.exclude(council__in=[row.council_id for row in rows])
    refused = refused.select_related("council").defer("council__boundary")
    return {
        "provider": provider,
        "listed": [row for row in rows if row.listed_at],
        "asked": [row for row in rows if not row.listed_at],
        "refused": refused.order_by("council_id", "-ended_at").distinct("council_id"),
        "may_edit": may(request.user, provider, Permission.EDIT_PROVIDER),
        "is_public": Provider.listed.filter(pk=provider.pk).exists(),
        "may_return": actions.may_return(provider),
    }


def _open_rows(provider: Provider) -> list[CouncilListing]:
    rows = CouncilListing.objects.filter(provider=provider, ended_at__isnull=True)
    return list(rows.select_related("council").defer("council__boundary").order_by("listed_at", "asked_at"))
