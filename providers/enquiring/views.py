"""The pages of somebody who asks: the form, what became of it, taking it back. No account, no script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.enquiring import actions, links
from providers.enquiring.forms import AskForm
from providers.enquiring.rules import WhyNot
from providers.enquiring.shown import asking
from providers.models import Enquiry, Provider, Version
from registry.access.limits import seconds_to_wait

MOST_AN_HOUR = 20
AN_HOUR = 60 * 60
WHY_NOT = {
    WhyNot.TOO_MANY_BY_YOU: gettext_lazy(
        "You have written to many providers today. Please wait until tomorrow, or ring them."
    ),
    WhyNot.TOO_MANY_TO_THEM: gettext_lazy(
        "Many people have written to them today, so this message was not sent. Please ring them, or try tomorrow."
    ),
    WhyNot.CANNOT_BE_ASKED: gettext_lazy(
        "We cannot tell whether a person wrote this. Give your e-mail address too: we send you a link, and pass your "
        "message on once you have pressed it. Or ring them."
    ),
}


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    newest = _newest(slug)
    content: dict[str, Any] = newest.content
    page = asking(newest.provider, content, timezone.now())
    services = [(one["id"], one["name"]) for one in content["services"]]
    form = AskForm(request.POST if request.method == "POST" else None, services, request.GET.get("service", ""))
    if request.method == "POST" and page.can_write and form.is_valid():
        sent = _send(request, newest.provider, form)
        if sent is not None:
            return sent
    words = {"form": form, "content": content, "asking": page, "council": newest.provider.home_council}
    return render(request, "enquiring/ask.html", {**words, "phone_first": content["prefers_calls"]})


def _send(request: HttpRequest, provider: Provider, form: AskForm) -> HttpResponse | None:
    """Where to next; None where the form says what stands against it."""
    if seconds_to_wait(request, "enquiry", most=MOST_AN_HOUR, seconds=AN_HOUR):
        form.add_error(None, WHY_NOT[WhyNot.TOO_MANY_BY_YOU])
        return None
    try:
        enquiry = actions.ask(provider=provider, asked=form.asked(), opened=form.opened)
    except actions.NotTakenError as refused:
        form.add_error("email" if refused.why is WhyNot.CANNOT_BE_ASKED else None, WHY_NOT[refused.why])
        return None
    if enquiry.relayed_at is None:
        return redirect("enquiry_look_in_mail", provider.slug)
    return redirect("enquiry", links.token_of(enquiry, links.SEES))


@require_GET
def look_in_mail(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "enquiring/look_in_mail.html", {"content": _newest(slug).content})


@never_cache
@require_GET
def enquiry(request: HttpRequest, token: str) -> HttpResponse:
    """What they wrote and what became of it. Opening it changes nothing (rule 17)."""
    return _page(request, token, links.SEES, "enquiring/enquiry.html")


@never_cache
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    mine = links.enquiry_of(token, links.SEES)
    if mine is None:
        return _gone(request)
    actions.withdraw(enquiry=mine)
    return redirect("enquiry", token)


@never_cache
@require_POST
def ask_nothing_later(request: HttpRequest, token: str) -> HttpResponse:
    mine = links.enquiry_of(token, links.SEES)
    if mine is None:
        return _gone(request)
    actions.ask_nothing_later(enquiry=mine)
    messages.success(request, _("We will not ask you later how it went."))
    return redirect("enquiry", token)


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The press that a message waits for which looked like a machine's."""
    if request.method == "GET":
        return _page(request, token, links.CONFIRMS, "enquiring/confirm.html")
    mine = links.enquiry_of(token, links.CONFIRMS)
    if mine is None:
        return _gone(request)
    actions.confirm(enquiry=mine)
    return redirect("enquiry", links.token_of(mine, links.SEES))


def _newest(slug: str) -> Version:
    versions = Version.objects.filter(provider__in=Provider.listed.filter(slug=slug))
    newest = versions.select_related("provider__home_council").defer("provider__home_council__boundary").first()
    if newest is None:
        raise Http404("No such provider, or not listed today")
    return newest


def _page(request: HttpRequest, token: str, signer: signing.Signer, template: str) -> HttpResponse:
    mine = links.enquiry_of(token, signer)
    if mine is None:
        return _gone(request)
    return render(request, template, {"enquiry": mine, "token": token, **_facts(mine)})


def _facts(mine: Enquiry) -> dict[str, Any]:
    return {"provider": mine.provider, "council": mine.provider.home_council}


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "enquiring/gone.html", status=404)
