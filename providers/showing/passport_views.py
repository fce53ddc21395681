"""A provider's passport: its PDF, the links to it, and the page that a link opens."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from providers.access import get_provider
from providers.models import PassportLink, Provider
from providers.showing import actions
from providers.showing.flyer import newest_public
from providers.showing.forms import LinkForm
from providers.showing.links import address_of, open_link
from providers.showing.passport import TEMPLATE, passport
from providers.showing.views import PDFS_A_MINUTE
from registry.access.getters import signed_in
from registry.access.limits import may_ask
from registry.access.permissions import Permission
from registry.pdf.answers import made_too_many, pdf_answer
from registry.pdf.render import pdf_from


@require_GET
@login_required
def my_passport(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    return _page(request, provider, LinkForm())


@require_POST
@login_required
def make_link(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    form = LinkForm(request.POST)
    if not form.is_valid() or newest_public(provider) is None:
        return _page(request, provider, form)
    actions.make_link(provider=provider, by=signed_in(request), now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The link is made. Copy it from the list, and send it to whom you like."))
    return redirect("my_passport", slug)


@require_POST
@login_required
def end_link(request: HttpRequest, slug: str, link_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    link = get_object_or_404(PassportLink, pk=link_id, provider=provider)
    actions.end_link(link=link, by=signed_in(request), now=timezone.now())
    messages.success(request, _("The link is ended. It opens nothing any more."))
    return redirect("my_passport", slug)


@require_GET
@login_required
def passport_on_paper(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    version = newest_public(provider)
    if version is None:
        raise Http404("Nothing that the public may read")
    if not may_ask(signed_in(request), "pdf", most=PDFS_A_MINUTE):
        return made_too_many(request)
    pdf = pdf_from(TEMPLATE, {"passport": passport(version, timezone.localdate())})
    return pdf_answer(pdf, f"passport-{provider.slug}.pdf")


@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What a link opens, for anybody who holds it: how things stand now. Kept by no cache and no search engine."""
    link = open_link(token, timezone.now())
    version = newest_public(link.provider) if link else None
    if link is None or version is None:
        response = render(request, "showing/passport_over.html", status=404)
    else:
        page = {"passport": passport(version, timezone.localdate()), "link": link}
        response = render(request, "showing/passport.html", page)
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the key: no other site may learn it from a link that is followed.
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(request: HttpRequest, provider: Provider, form: LinkForm) -> HttpResponse:
    now = timezone.now()
    links = PassportLink.objects.filter(provider=provider)
    page = {
        "provider": provider,
        "is_public": newest_public(provider) is not None,
        "form": form,
        "open_links": [(link, address_of(link)) for link in links.open_at(now)],
        "over": links.exclude(pk__in=links.open_at(now)),
    }
    return render(request, "showing/my_passport.html", page)
