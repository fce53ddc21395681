from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.access import may
from commissioning.models import CouncilList
from commissioning.sourcing.search.asked import FieldAsked
from commissioning.sourcing.search.field import FieldSearch
from commissioning.sourcing.search.forms import PostcodesForm
from commissioning.sourcing.search.sheets import as_csv, as_xlsx
from providers.finding.bounds import in_bounds
from registry.access.getters import get_council, get_councils
from registry.access.permissions import Permission
from registry.models import Council

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def council_of(request: HttpRequest, permission: Permission = Permission.SEE_REQUIREMENTS) -> Council:
    """The council that is asked for: the one that was named, or the first in which the person may."""
    code = (request.POST.get("council") or request.GET.get("council") or "").replace("\0", "")
    if code:
        return get_council(request.user, code, permission)
    council = get_councils(request.user, permission).order_by("name").first()
    assert council is not None, "the getter refuses those who may nowhere"
    return council


def search_of(request: HttpRequest) -> FieldSearch:
    return FieldSearch(request.GET, timezone.localdate(), council_of(request))


@login_required
@require_GET
@never_cache
@in_bounds
def field_search(request: HttpRequest) -> HttpResponse:
    """The whole field of an area, narrowed step by step: who is left after each, and what each does alone."""
    search = search_of(request)
    if "" in request.GET.values():
        # A form sends what was left empty too: the address that people keep and send on has only what was asked.
        return redirect(f"{reverse('field_search')}{search.address}")
    context = {
        "search": search,
        "councils": get_councils(request.user, Permission.SEE_REQUIREMENTS).order_by("name"),
        "lists": CouncilList.objects.filter(council=search.own),
        "may_write": may(request.user, search.own.pk, Permission.WRITE_REQUIREMENTS),
    }
    return render(request, "commissioning/search/search.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def search_postcodes(request: HttpRequest) -> HttpResponse:
    """A pasted list becomes districts before it is in any address: no full postcode is kept (rule 11)."""
    council_of(request)
    asked = FieldAsked(request.POST if request.method == "POST" else request.GET)
    form = PostcodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(f"{reverse('field_search')}{asked.having('outcode', *form.cleaned_data['postcodes'])}")
    context = {"form": form, "carried": asked.pairs(FieldAsked.names), "back": f"{reverse('field_search')}{asked}"}
    return render(request, "commissioning/search/postcodes.html", context)


@login_required
@require_GET
@never_cache
@in_bounds
def field_csv(request: HttpRequest) -> HttpResponse:
    return file_of(request, as_csv, "text/csv; charset=utf-8", "found.csv")


@login_required
@require_GET
@never_cache
@in_bounds
def field_xlsx(request: HttpRequest) -> HttpResponse:
    return file_of(request, as_xlsx, XLSX, "found.xlsx")


def file_of(request: HttpRequest, write: Callable[[FieldSearch], bytes], kind: str, name: str) -> HttpResponse:
    """The page as a file; what cannot be answered leads to the page, which says why."""
    search = search_of(request)
    if not search.is_answered:
        return redirect(f"{reverse('field_search')}{search.address}")
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(search), content_type=kind, headers=disposition)
