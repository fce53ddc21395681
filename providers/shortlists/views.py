"""Keeping services on a list, and changing that list. No account: who holds the link may."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers.models import KeptList, KeptService
from providers.shortlists import actions
from providers.shortlists.actions import ListIsFull
from providers.shortlists.entries import entries_of, taken_off
from providers.shortlists.forms import KeepForm, NoteForm
from providers.shortlists.links import COOKIE, forget, list_of_device, remember, token_of
from providers.shortlists.opening import for_its_keeper
from providers.shortlists.rules import MOST_KEPT
from registry.access.limits import seconds_to_wait

AN_HOUR = 60 * 60
# New lists from one address: many people can share one, and a machine that fills the table is stopped.
LISTS_AN_HOUR = 30
# Where the button stands. A press leads back there, to go on looking.
PAGES_TO_GO_BACK_TO = ("find", "provider")


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """The button on a card. It begins a list where this device remembers none."""
    form, today = KeepForm(request.POST), timezone.localdate()
    if not form.is_valid():
        return render(request, "shortlists/not_kept.html", status=404)
    kept = list_of_device(request, today)
    if kept is None:
        if seconds := seconds_to_wait(request, "lists", most=LISTS_AN_HOUR, seconds=AN_HOUR):
            return _wait(request, seconds)
        kept = actions.make_list(by=None, today=today)
    service_id = form.cleaned_data["service"]
    try:
        actions.keep(kept_list=kept, service_id=service_id, by=None, today=today)
    except ListIsFull:
        _say_full(request)
        return redirect("shortlist", token_of(kept))
    response = redirect(_page_before(request, service_id) or reverse("shortlist", args=[token_of(kept)]))
    remember(response, kept)
    return response


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Leads to the list that this device remembers; without one, says how a list begins."""
    kept = list_of_device(request, timezone.localdate())
    is_over = COOKIE in request.COOKIES
    page = redirect("shortlist", token_of(kept)) if kept else _none_yet(request, is_over)
    patch_cache_control(page, private=True, no_store=True)
    return page


@require_safe
@for_its_keeper
def shortlist(request: HttpRequest, kept: KeptList) -> HttpResponse:
    return _page(request, kept)


@require_POST
@for_its_keeper
def note(request: HttpRequest, kept: KeptList, service_id: uuid.UUID) -> HttpResponse:
    row = _get(kept, service_id)
    form = NoteForm(request.POST, prefix=str(service_id))
    if not form.is_valid():
        return _page(request, kept, form)
    actions.note(kept=row, words=form.cleaned_data["note"], by=None, today=timezone.localdate())
    return _back_to(kept, service_id)


@require_POST
@for_its_keeper
def move(request: HttpRequest, kept: KeptList, service_id: uuid.UUID, places: int) -> HttpResponse:
    actions.move(kept=_get(kept, service_id), places=places, by=None, today=timezone.localdate())
    return _back_to(kept, service_id)


@require_POST
@for_its_keeper
def take_off(request: HttpRequest, kept: KeptList, service_id: uuid.UUID) -> HttpResponse:
    actions.take_off(kept=_get(kept, service_id), by=None, today=timezone.localdate())
    return redirect(reverse("shortlist", args=[token_of(kept)]) + "#taken-off")


@require_POST
@for_its_keeper
def put_back(request: HttpRequest, kept: KeptList, service_id: uuid.UUID) -> HttpResponse:
    try:
        actions.put_back(kept=_get(kept, service_id), by=None, today=timezone.localdate())
    except ListIsFull:
        _say_full(request)
        return redirect("shortlist", token_of(kept))
    return _back_to(kept, service_id)


@require_http_methods(["GET", "POST"])
@for_its_keeper
def delete(request: HttpRequest, kept: KeptList) -> HttpResponse:
    if request.method != "POST":
        return render(request, "shortlists/delete.html", {"kept": kept, "token": token_of(kept)})
    is_of_device = list_of_device(request, timezone.localdate()) == kept
    actions.delete_list(kept_list=kept, by=None)
    messages.success(request, _("The list is deleted. Its links open nothing any more."))
    response = redirect("my_shortlist")
    if is_of_device:
        forget(response)
    return response


@require_POST
@for_its_keeper
def remember_here(request: HttpRequest, kept: KeptList) -> HttpResponse:
    messages.success(request, _("This device now adds to this list."))
    response = redirect("shortlist", token_of(kept))
    remember(response, kept)
    return response


@require_POST
def forget_here(request: HttpRequest) -> HttpResponse:
    """For a device that others use too. The list itself stays, for whoever holds its link."""
    messages.success(request, _("This device does not know your list any more."))
    response = redirect("my_shortlist")
    forget(response)
    return response


def _page(request: HttpRequest, kept: KeptList, form: NoteForm | None = None) -> HttpResponse:
    """The list. `form` is a note that could not be taken."""
    today = timezone.localdate()
    rows = []
    for entry in entries_of(kept, today):
        is_this = form is not None and form.prefix == entry.id
        rows.append((entry, form if is_this else NoteForm(initial={"note": entry.kept.note}, prefix=entry.id)))
    page = {
        "kept": kept,
        "token": token_of(kept),
        "rows": rows,
        "taken_off": taken_off(kept, today),
        "is_of_device": list_of_device(request, today) == kept,
        "today": today,
        "form": form,
    }
    return render(request, "shortlists/shortlist.html", page)


def _get(kept: KeptList, service_id: uuid.UUID) -> KeptService:
    return get_object_or_404(KeptService.objects.select_related("kept_list"), kept_list=kept, service_id=service_id)


def _back_to(kept: KeptList, service_id: uuid.UUID) -> HttpResponse:
    return redirect(reverse("shortlist", args=[token_of(kept)]) + f"#service-{service_id}")


def _page_before(request: HttpRequest, service_id: uuid.UUID) -> str:
    """The search or the page on which the button was pressed, as the browser alone remembers it; empty for others."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
        name = resolve(came_from.path).url_name
    except (ValueError, Resolver404):
        return ""
    if came_from.netloc != request.get_host() or name not in PAGES_TO_GO_BACK_TO:
        return ""
    query = f"?{came_from.query}" if came_from.query else ""
    return f"{came_from.path}{query}#kept-{service_id}"


def _none_yet(request: HttpRequest, is_over: bool) -> HttpResponse:
    return render(request, "shortlists/none_yet.html", {"is_over": is_over})


def _wait(request: HttpRequest, seconds: int) -> HttpResponse:
    response = render(request, "shortlists/too_many.html", status=429)
    response["Retry-After"] = str(seconds)
    return response


def _say_full(request: HttpRequest) -> None:
    full = ngettext("A list holds %(number)d.", "A list holds %(number)d.", MOST_KEPT) % {"number": MOST_KEPT}
    messages.warning(request, full + " " + _("Take one off first, then you can keep another."))
