"""What a council keeps of its searches: lists of services that all its commissioners see, and notes about providers."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning.access import get_council_list, get_council_note, get_noted_provider, may
from commissioning.models import CouncilList, CouncilNote
from commissioning.sourcing.search import actions
from commissioning.sourcing.search.asked import FieldAsked
from commissioning.sourcing.search.comparing import AT_MOST, side_by_side
from commissioning.sourcing.search.forms import ChosenForm, KeepForm, ListNameForm, NoteForm
from commissioning.sourcing.search.known import known_of
from commissioning.sourcing.search.shown import field_rows
from commissioning.sourcing.search.views import council_of
from providers.models import Provider
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.models import Council


def back_to(request: HttpRequest) -> str:
    """The search that the ticks came from, of which nothing is believed but what a search can hold."""
    query = QueryDict(request.POST.get("query", "").removeprefix("?").replace("\0", "")[:4000])
    return f"{reverse('field_search')}{FieldAsked(query)}"


def complain(request: HttpRequest, form: ChosenForm) -> HttpResponse:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
    return redirect(back_to(request))


@login_required
@require_POST
def keep_found(request: HttpRequest) -> HttpResponse:
    """Put what was ticked on a list of the council."""
    council = council_of(request, Permission.WRITE_REQUIREMENTS)
    form = KeepForm(request.POST, council=council)
    if not form.is_valid():
        return complain(request, form)
    said, by = form.cleaned_data, signed_in(request)
    try:
        name = said["new_list"]
        kept = actions.make_list(by=by, council=council, name=name) if name else said["kept"]
        new = actions.keep(by=by, kept=kept, services=said["service"])
    except actions.TooManyError:
        messages.error(request, _("That is more than a list, or a council, can keep. Take something away first."))
        return redirect(back_to(request))
    told = ngettext("%(new)d service was put on “%(name)s”.", "%(new)d services were put on “%(name)s”.", new)
    messages.success(request, told % {"new": new, "name": kept.name})
    return redirect(back_to(request))


@login_required
@require_POST
def choose_compared(request: HttpRequest) -> HttpResponse:
    """From ticks to the address of the comparison, which can be kept and sent on."""
    council = council_of(request)
    form = ChosenForm(request.POST)
    if not form.is_valid():
        return complain(request, form)
    chosen = form.cleaned_data["service"]
    if len(chosen) > AT_MOST:
        messages.error(request, _("Tick %(most)d services at most to compare them.") % {"most": AT_MOST})
        return redirect(back_to(request))
    address = QueryDict(mutable=True)
    address["council"] = council.pk
    address.setlist("service", [str(service.pk) for service in chosen])
    return redirect(f"{reverse('compare_found')}?{address.urlencode()}")


@login_required
@require_GET
@never_cache
def compare_found(request: HttpRequest) -> HttpResponse:
    """Up to six side by side, as they stand today."""
    council = council_of(request)
    found = known_of(list(ChosenIds(request.GET))[:AT_MOST])
    rows = field_rows(found, timezone.localdate(), council.pk)
    page = {"rows": rows, "lines": side_by_side(rows), "council": council, "today": timezone.localdate()}
    return render(request, "commissioning/search/compare.html", page)


class ChosenIds(list[uuid.UUID]):
    """The services that an address names; whatever is no id of one is left out."""

    def __init__(self, asked: QueryDict) -> None:
        super().__init__()
        for said in asked.getlist("service")[: 2 * AT_MOST]:
            try:
                self.append(uuid.UUID(said))
            except ValueError:
                continue


@login_required
@require_GET
@never_cache
def council_lists(request: HttpRequest) -> HttpResponse:
    council = council_of(request)
    lists = CouncilList.objects.filter(council=council).annotate(how_many=Count("entries")).select_related("made_by")
    return render(request, "commissioning/search/lists.html", {"lists": lists, "council": council})


@login_required
@require_GET
@never_cache
def council_list(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What is on a list, as it stands today. What is not listed any more is counted and not named."""
    kept = get_council_list(request.user, key, Permission.SEE_REQUIREMENTS)
    services = list(kept.entries.values_list("service_id", flat=True))
    rows = field_rows(known_of(services), timezone.localdate(), kept.council_id)
    page = {
        "kept": kept,
        "rows": rows,
        "gone": len(services) - len(rows),
        "may_write": may(request.user, kept.council_id, Permission.WRITE_REQUIREMENTS),
    }
    return render(request, "commissioning/search/list.html", page)


@login_required
@require_POST
def take_off_list(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    kept = get_council_list(request.user, key, Permission.WRITE_REQUIREMENTS)
    form = ChosenForm(request.POST)
    if form.is_valid():
        for service in form.cleaned_data["service"]:
            actions.take_off(by=signed_in(request), kept=kept, service=service)
    return redirect("council_list", kept.pk)


@login_required
@require_http_methods(["GET", "POST"])
def rename_list(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    kept = get_council_list(request.user, key, Permission.WRITE_REQUIREMENTS)
    form = ListNameForm(request.POST or None, initial={"name": kept.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_list(by=signed_in(request), kept=kept, name=form.cleaned_data["name"])
            return redirect("council_list", kept.pk)
        except actions.NameTakenError:
            form.add_error("name", _("Another list has that name already"))
    return render(request, "commissioning/search/rename_list.html", {"form": form, "kept": kept})


@login_required
@require_http_methods(["GET", "POST"])
def delete_list(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    kept = get_council_list(request.user, key, Permission.WRITE_REQUIREMENTS)
    if request.method == "POST":
        actions.delete_list(by=signed_in(request), kept=kept)
        return redirect(f"{reverse('council_lists')}?council={kept.council_id}")
    return render(request, "commissioning/search/delete_list.html", {"kept": kept})


@login_required
@require_GET
@never_cache
def council_notes(request: HttpRequest, provider_id: uuid.UUID) -> HttpResponse:
    council = council_of(request)
    return notes_page(request, council, get_noted_provider(provider_id), NoteForm())


@login_required
@require_POST
def write_note(request: HttpRequest, provider_id: uuid.UUID) -> HttpResponse:
    council = council_of(request, Permission.WRITE_REQUIREMENTS)
    provider, form = get_noted_provider(provider_id), NoteForm(request.POST)
    if not form.is_valid():
        return notes_page(request, council, provider, form)
    actions.write_note(by=signed_in(request), council=council, provider=provider, words=form.cleaned_data["words"])
    return redirect(f"{reverse('council_notes', args=[provider.pk])}?council={council.pk}")


@login_required
@require_POST
def delete_note(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    note = get_council_note(request.user, key, Permission.WRITE_REQUIREMENTS)
    actions.delete_note(by=signed_in(request), note=note)
    return redirect(f"{reverse('council_notes', args=[note.provider_id])}?council={note.council_id}")


def notes_page(request: HttpRequest, council: Council, provider: Provider, form: NoteForm) -> HttpResponse:
    notes = CouncilNote.objects.filter(council=council, provider=provider).select_related("by")
    page = {
        "council": council,
        "provider": provider,
        "notes": notes,
        "form": form,
        "is_public": Provider.listed.filter(pk=provider.pk).exists(),
        "may_write": may(request.user, council.pk, Permission.WRITE_REQUIREMENTS),
    }
    return render(request, "commissioning/search/notes.html", page)
