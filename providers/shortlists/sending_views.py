"""A list to take along: the link to look at it, by e-mail or by hand; side by side; on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers.models import KeptList
from providers.shortlists import actions
from providers.shortlists.entries import entries_of
from providers.shortlists.forms import SendForm
from providers.shortlists.links import address_of, look_address_of, look_token_of, token_of
from providers.shortlists.opening import for_its_keeper, for_whoever_has_the_link
from providers.shortlists.paper import paper, paper_pdf
from registry.access.limits import seconds_to_wait, seconds_to_wait_for
from registry.pdf.answers import made_too_many, pdf_answer
from registry.pdf.sizes import SIZES

A_DAY = 24 * 60 * 60
# From one place, of one list, and to one person: nobody is to be written to against their will.
SENT_A_DAY = {"from": 20, "of": 10, "to": 3}
PDFS_A_MINUTE = 10


@require_http_methods(["GET", "POST"])
@for_its_keeper
def send(request: HttpRequest, kept: KeptList) -> HttpResponse:
    form = SendForm(request.POST or None)
    if not (request.method == "POST" and form.is_valid()):
        return _send_page(request, kept, form)
    to = form.cleaned_data["email"]
    if _too_many_sent(request, kept, to):
        form.add_error("email", _("We have sent many of these today. Copy the link instead, or try again tomorrow."))
        return _send_page(request, kept, form, status=429)
    actions.send(kept_list=kept, to=to, by=None)
    messages.success(request, _("The list is on its way. We do not keep the address."))
    return redirect("send_shortlist", token_of(kept))


@require_POST
@for_its_keeper
def new_link(request: HttpRequest, kept: KeptList) -> HttpResponse:
    actions.change_look_link(kept_list=kept, by=None, today=timezone.localdate())
    messages.success(request, _("The old link opens nothing any more. Below is the new one."))
    return redirect("send_shortlist", token_of(kept))


@require_safe
@for_whoever_has_the_link
def shared(request: HttpRequest, kept: KeptList) -> HttpResponse:
    page = _entries(kept) | {"token": look_token_of(kept)}
    return render(request, "shortlists/shared.html", page)


@require_safe
@for_its_keeper
def side_by_side(request: HttpRequest, kept: KeptList) -> HttpResponse:
    return _side_by_side(request, kept, back="shortlist", token=token_of(kept))


@require_safe
@for_whoever_has_the_link
def shared_side_by_side(request: HttpRequest, kept: KeptList) -> HttpResponse:
    return _side_by_side(request, kept, back="shared_list", token=look_token_of(kept))


@require_safe
@for_its_keeper
def on_paper(request: HttpRequest, kept: KeptList) -> HttpResponse:
    return _on_paper(request, kept, back="shortlist", pdf="shortlist_pdf", token=token_of(kept))


@require_safe
@for_whoever_has_the_link
def shared_on_paper(request: HttpRequest, kept: KeptList) -> HttpResponse:
    return _on_paper(request, kept, back="shared_list", pdf="shared_list_pdf", token=look_token_of(kept))


@require_safe
@for_its_keeper
def pdf(request: HttpRequest, kept: KeptList, size: str) -> HttpResponse:
    return _pdf(request, kept, size)


@require_safe
@for_whoever_has_the_link
def shared_pdf(request: HttpRequest, kept: KeptList, size: str) -> HttpResponse:
    return _pdf(request, kept, size)


def _send_page(request: HttpRequest, kept: KeptList, form: SendForm, status: int = 200) -> HttpResponse:
    page = {
        "kept": kept,
        "token": token_of(kept),
        "form": form,
        "address": look_address_of(kept),
        "own_address": address_of(kept),
    }
    return render(request, "shortlists/send.html", page, status=status)


def _too_many_sent(request: HttpRequest, kept: KeptList, to: str) -> bool:
    waits = [
        seconds_to_wait(request, "lists-sent", most=SENT_A_DAY["from"], seconds=A_DAY),
        seconds_to_wait_for(kept.pk.hex, "list-sent", most=SENT_A_DAY["of"], seconds=A_DAY),
        seconds_to_wait_for(to.lower(), "list-sent-to", most=SENT_A_DAY["to"], seconds=A_DAY),
    ]
    return any(waits)


def _entries(kept: KeptList) -> dict[str, Any]:
    today = timezone.localdate()
    return {"kept": kept, "entries": entries_of(kept, today), "today": today}


def _side_by_side(request: HttpRequest, kept: KeptList, *, back: str, token: str) -> HttpResponse:
    page = _entries(kept) | {"back": back, "token": token}
    page["found"] = [entry for entry in page["entries"] if entry.found]
    return render(request, "shortlists/side_by_side.html", page)


def _on_paper(request: HttpRequest, kept: KeptList, *, back: str, pdf: str, token: str) -> HttpResponse:
    page = {"paper": paper(kept, timezone.localdate()), "back": back, "pdf": pdf, "token": token}
    return render(request, "shortlists/on_paper.html", page)


def _pdf(request: HttpRequest, kept: KeptList, size: str) -> HttpResponse:
    if size not in SIZES:
        raise Http404("No such size of letters")
    if seconds := seconds_to_wait(request, "lists-printed", most=PDFS_A_MINUTE):
        return made_too_many(request, seconds)
    made = paper_pdf(paper(kept, timezone.localdate()), size)
    return pdf_answer(made, f"list-{size}.pdf")
