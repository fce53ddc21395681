from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from providers.access import get_evidence, get_provider
from providers.credentials import actions
from providers.credentials.evidence import ENDINGS, PDF, PNG, is_openable
from providers.credentials.forms import DbsAnswerForm
from providers.credentials.kinds import name_of
from providers.credentials.page_pictures import drawn
from registry.access.getters import signed_in
from registry.access.permissions import Permission

# A stored file is a stranger's file: whatever it holds, it may run nothing and fetch nothing.
LOCKED_UP = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


@login_required
@require_GET
@cache_control(private=True, no_store=True)
def evidence(request: HttpRequest, evidence_id: uuid.UUID) -> FileResponse:
    """One page of a stored certificate, as a picture on the page or a PDF to open."""
    stored = get_evidence(request.user, str(evidence_id))
    if not is_openable(stored):
        raise Http404("Waits for the virus scanner")
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404("Not in storage") from missing
    name = f"{slugify(name_of(stored.credential.kind))}-{stored.page}.{ENDINGS[stored.content_type]}"
    # Browsers show no PDF inside a sandbox; it is handed to the reader of the person's own choice.
    is_pdf = stored.content_type == PDF
    response = FileResponse(content, content_type=stored.content_type, as_attachment=is_pdf, filename=name)
    response["Content-Security-Policy"] = LOCKED_UP
    return response


@login_required
@require_GET
@cache_control(private=True, no_store=True)
def evidence_page(request: HttpRequest, evidence_id: uuid.UUID, number: int) -> HttpResponse:
    """One page of a stored PDF as a picture, for a page of ours to show."""
    stored = get_evidence(request.user, str(evidence_id))
    if stored.content_type != PDF or not is_openable(stored):
        raise Http404("No PDF to show")
    try:
        with stored.file.open("rb") as content:
            picture = drawn(content.read(), number)
    except FileNotFoundError as missing:
        raise Http404("Not in storage") from missing
    if picture is None:
        raise Http404("No such page, or it cannot be drawn")
    response = HttpResponse(picture, content_type=PNG)
    response["Content-Security-Policy"] = LOCKED_UP
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@login_required
@require_GET
def dbs_certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """What councils wrote down about DBS certificates, and the provider's say in who may know."""
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    records = provider.dbs_records.select_related("seen_for").order_by("person_number", "-seen_on")
    shown = [(record, DbsAnswerForm.about(record)) for record in records]
    return render(request, "credentials/dbs_certificates.html", {"provider": provider, "shown": shown})


@login_required
@require_POST
def dbs_answer(request: HttpRequest, slug: str, dbs_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    dbs = get_object_or_404(provider.dbs_records, pk=dbs_id)
    form = DbsAnswerForm(request.POST)
    # Two boxes, ticked or not: there is no wrong answer.
    form.full_clean()
    actions.answer_about_dbs(dbs=dbs, by=signed_in(request), **form.cleaned_data)
    messages.success(request, _("Saved. You can change this at any time."))
    return redirect("dbs_certificates", slug)
