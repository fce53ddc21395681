"""The short address, its QR code, and the flyer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from providers.access import get_provider
from providers.finding.short_address import short_address, spoken
from providers.models import Provider
from providers.showing.flyer import SIZES, flyer, flyer_pdf, newest_public
from registry.access.getters import signed_in
from registry.access.limits import may_ask
from registry.access.permissions import Permission
from registry.pdf.answers import made_too_many, pdf_answer
from registry.pdf.qr import qr_png, qr_svg

QR = {"svg": (qr_svg, "image/svg+xml"), "png": (qr_png, "image/png")}
PDFS_A_MINUTE = 10


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """From paper to the page. Typed by hand, so capitals are as good."""
    found = Provider.listed.filter(short_code=code.lower()).first()
    if found is None:
        return render(request, "showing/leads_nowhere.html", status=404)
    return redirect("provider", found.slug)


@require_GET
@login_required
def qr(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    if kind not in QR:
        raise Http404("No such kind of picture")
    draw, content_type = QR[kind]
    response = HttpResponse(draw(short_address(provider.short_code)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="qr-{provider.short_code}.{kind}"'
    return response


@require_GET
@login_required
def flyer_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The flyer as a page: the same words as on paper."""
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    version = newest_public(provider)
    page = {"provider": provider, "address": spoken(short_address(provider.short_code))}
    if version is not None:
        page["flyer"] = flyer(version, timezone.localdate())
    return render(request, "showing/flyer.html", page)


@require_GET
@login_required
def flyer_on_paper(request: HttpRequest, slug: str, size: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    version = newest_public(provider)
    if version is None or size not in SIZES:
        raise Http404("Nothing that the public may read, or no such paper")
    if not may_ask(signed_in(request), "pdf", most=PDFS_A_MINUTE):
        return made_too_many(request)
    return pdf_answer(flyer_pdf(flyer(version, timezone.localdate()), size), f"flyer-{provider.slug}-{size}.pdf")
