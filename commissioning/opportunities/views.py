"""What everybody reads; and where a provider asks, or begins an answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commissioning.access import may
from commissioning.models import Interest
from commissioning.opportunities import actions, interest_actions, links, mail_actions
from commissioning.opportunities.access import get_published, speakers
from commissioning.opportunities.forms import AskForm, SpeakUpForm
from commissioning.opportunities.listed import listed, rows
from commissioning.opportunities.shown import page_of, published
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.accounts.forms import posted

ON_A_PAGE = 25


@require_safe
def opportunity_list(request: HttpRequest) -> HttpResponse:
    found = listed(request.GET, timezone.now())
    page = Paginator(found.opportunities, ON_A_PAGE).get_page(request.GET.get("page"))
    words = {"form": found.form, "page": page, "rows": rows(page), "asked": request.GET.urlencode()}
    return render(request, "opportunities/list.html", words)


@require_safe
def opportunity(request: HttpRequest, reference: str) -> HttpResponse:
    """Plain words first, then the details; its questions and its changes for all to read."""
    found = get_published(reference)
    page = page_of(found, timezone.now())
    page["is_theirs"] = may(request.user, found.council_id, Permission.SEE_REQUIREMENTS)
    return render(request, "opportunities/opportunity.html", page)


@require_safe
def version(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """An earlier version, word for word as it was published."""
    found = get_published(reference)
    # More digits than the column holds are no number of a version.
    row = get_object_or_404(found.versions, number=number if number < 32_768 else 0)
    return render(request, "opportunities/version.html", {"opportunity": found, **published(row)})


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_published(reference)
    providers = [provider for provider, team in speakers(request.user) if team is None]
    if not providers:
        return render(request, "opportunities/not_listed.html", {"opportunity": found})
    form = AskForm(posted(request), providers=providers)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(
                by=signed_in(request),
                provider=form.asker,
                opportunity=found,
                text=form.cleaned_data["text"],
                press=form.opened.press,
            )
            messages.success(request, _("Sent. The answer will be on this page, for everybody, without your name."))
        except actions.OverError:
            messages.info(request, _("The time for questions is over. Your question was not sent."))
        return redirect("opportunity", reference)
    return render(request, "opportunities/ask.html", {"opportunity": found, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def speak_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Who answers; the next page is filled in from the register."""
    found = get_published(reference)
    able = speakers(request.user)
    if not able:
        return render(request, "opportunities/not_listed.html", {"opportunity": found})
    form = SpeakUpForm(posted(request), speakers=able)
    if request.method == "POST" and form.is_valid():
        provider, team = form.chosen
        try:
            begun = interest_actions.begin(by=signed_in(request), opportunity=found, provider=provider, team=team)
        except interest_actions.ClosedError:
            messages.info(request, _("Answers have closed."))
            return redirect("opportunity", reference)
        return redirect("interest" if begun.draft else "interest_step", *first_page(provider.slug, begun))
    return render(request, "opportunities/speak_up.html", {"opportunity": found, "form": form})


def first_page(slug: str, interest: Interest) -> list[object]:
    return [slug, interest.pk] if interest.draft else [slug, interest.pk, "lots"]


@never_cache
@require_http_methods(["GET", "POST"])
def no_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The link that ends such mails. Opening it changes nothing: mail programs open links too."""
    found = links.whose(token)
    if found is None:
        return render(request, "opportunities/no_mail_gone.html", status=404)
    provider, user = found
    if request.method == "POST":
        mail_actions.switch_mail(by=user, provider=provider, is_on=False)
    is_off = not mail_actions.wants_mail(user, provider)
    return render(request, "opportunities/no_mail.html", {"provider": provider, "is_off": is_off})
