"""Searches that a person saved, and the page behind the link that stops their e-mails."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning.access import get_saved_search
from commissioning.models import SavedSearch
from commissioning.models.saved_search import Digest
from commissioning.sourcing.search import actions
from commissioning.sourcing.search.asked import FieldAsked
from commissioning.sourcing.search.digest import found_by, saved_of
from commissioning.sourcing.search.field import FieldSearch
from commissioning.sourcing.search.forms import DigestForm, SaveForm
from commissioning.sourcing.search.views import council_of
from providers.finding.bounds import in_bounds
from registry.access.getters import councils_where, signed_in
from registry.access.permissions import Permission

LONGEST = 4000


@login_required
@require_GET
@never_cache
def saved_searches(request: HttpRequest) -> HttpResponse:
    """Those of this person; colleagues have their own."""
    council_of(request)
    councils = councils_where(request.user, Permission.SEE_REQUIREMENTS)
    saved = SavedSearch.objects.filter(owner=signed_in(request), council__in=councils)
    page = {"saved": saved.select_related("council").defer("found")}
    return render(request, "commissioning/search/saved.html", page)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
@in_bounds
def save_search(request: HttpRequest) -> HttpResponse:
    """Keep what was asked under a name. What it finds today is what the first digest is held against."""
    council = council_of(request)
    sent = request.POST if request.method == "POST" else request.GET
    address = FieldAsked(sent)
    search = FieldSearch(QueryDict(str(address)[1:]), timezone.localdate(), council)
    if not search.is_answered:
        return redirect(f"{reverse('field_search')}{address}")
    form = SaveForm(request.POST or None)
    if len(search.query) > LONGEST:
        form.add_error(None, _("This search asks for too much to be saved. Take something away"))
    elif request.method == "POST" and form.is_valid():
        try:
            actions.save_search(
                by=signed_in(request),
                council=council,
                name=form.cleaned_data["name"],
                query=search.query,
                digest=form.cleaned_data["digest"],
                found=found_by(search),
                today=search.today,
            )
            return redirect("saved_searches")
        except actions.TooManyError:
            form.add_error(None, _("You have saved as many searches as we keep. Delete one first"))
    page = {"form": form, "search": search, "carried": address.pairs(FieldAsked.names), "address": address}
    return render(request, "commissioning/search/save.html", page)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def saved_search(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Whether, and how often, its owner is written to."""
    saved = get_saved_search(request.user, key)
    form = DigestForm(request.POST or None, initial={"digest": saved.digest})
    if request.method == "POST" and form.is_valid():
        actions.change_digest(by=signed_in(request), saved=saved, digest=form.cleaned_data["digest"])
        return redirect("saved_searches")
    return render(request, "commissioning/search/saved_search.html", {"form": form, "saved": saved})


@login_required
@require_POST
def delete_search(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    saved = get_saved_search(request.user, key)
    actions.delete_search(by=signed_in(request), saved=saved)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": saved.name})
    return redirect("saved_searches")


@require_http_methods(["GET", "POST"])
@never_cache
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """One button, and no signing in. Opening the page does nothing: mail scanners open links (rule 17)."""
    saved = saved_of(token)
    if saved is None:
        return render(request, "commissioning/search/digest_over.html", status=404)
    if request.method == "POST":
        actions.change_digest(by=None, saved=saved, digest=Digest.NONE)
        return redirect("stop_digest", token)
    return render(request, "commissioning/search/stop_digest.html", {"saved": saved})
