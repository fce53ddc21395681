"""A provider's own pages: its answers, each step of one, sending it, taking it back; a partner's yes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning.opportunities import interest_actions, mail_actions
from commissioning.opportunities.access import get_interest, get_own_interest, interests_of
from commissioning.opportunities.interest_page import page_of, rows_of
from commissioning.opportunities.steps import STEPS, Answering, after, needed
from providers.access import get_provider, may
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.accounts.forms import posted

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, str, uuid.UUID, Arguments], HttpResponse]


def while_open(view: View[Arguments]) -> View[Arguments]:
    """A view that writes: once it has closed it says so, and what was written stays to be read."""

    @login_required
    @wraps(view)
    def guarded(
        request: HttpRequest, slug: str, interest_id: uuid.UUID, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        try:
            return view(request, slug, interest_id, *args, **kwargs)
        except interest_actions.ClosedError:
            messages.info(request, _("Answers have closed, so nothing was changed. What you had written is kept here."))
            return redirect("interest", slug, interest_id)

    return cast(View[Arguments], guarded)


@login_required
@require_GET
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    interests = interests_of(provider).defer("opportunity__council__boundary").order_by("-changed_at")
    page = {
        "provider": provider,
        "rows": rows_of(list(interests), timezone.now()),
        "wants_mail": mail_actions.wants_mail(signed_in(request), provider),
    }
    return render(request, "opportunities/mine.html", page)


@login_required
@require_POST
def change_mail(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    mail_actions.switch_mail(by=signed_in(request), provider=provider, is_on="on" in request.POST)
    messages.success(request, _("Saved."))
    return redirect("my_opportunities", slug)


@login_required
@require_GET
def interest(request: HttpRequest, slug: str, interest_id: uuid.UUID) -> HttpResponse:
    """All of it on one page, to be looked over; later what came of it."""
    provider, found = get_interest(request.user, slug, interest_id, Permission.SEE_PROVIDER)
    may_edit = may(request.user, provider, Permission.EDIT_PROVIDER)
    page = page_of(found, provider, timezone.now())
    return render(request, "opportunities/interest.html", {**page, "may_edit": may_edit})


@while_open
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, slug: str, interest_id: uuid.UUID, step: str) -> HttpResponse:
    found = get_own_interest(request.user, slug, interest_id)
    if step not in STEPS:
        raise Http404("No such step")
    today = timezone.localdate()
    form = STEPS[step](Answering(found, today), posted(request))
    if request.method == "POST" and form.is_valid():
        saved = interest_actions.save_step(by=signed_in(request), interest=found, facts=form.facts())
        onward = after(step, Answering(saved, today))
        return redirect("interest_step", slug, found.pk, onward) if onward else redirect("interest", slug, found.pk)
    words = {"interest": found, "provider": found.provider, "form": form, "number": number_of(step, form.answering)}
    return render(request, "opportunities/step.html", words)


def number_of(step: str, answering: Answering) -> int:
    """ "Step 2"; how many there are follows from the parts that are chosen in the first. 0 where nothing is asked."""
    names = needed(answering)
    return names.index(step) + 1 if step in names else 0


@while_open
@require_POST
def send(request: HttpRequest, slug: str, interest_id: uuid.UUID) -> HttpResponse:
    found = get_own_interest(request.user, slug, interest_id)
    try:
        interest_actions.send(by=signed_in(request), interest=found)
        messages.success(request, _("Sent. Until it closes you can change it and send it again, or take it back."))
    except interest_actions.UnsentError:
        messages.info(request, _("Not sent yet: something is missing. The page says what."))
    return redirect("interest", slug, interest_id)


@while_open
@require_POST
def withdraw(request: HttpRequest, slug: str, interest_id: uuid.UUID) -> HttpResponse:
    found = get_own_interest(request.user, slug, interest_id)
    interest_actions.withdraw(by=signed_in(request), interest=found)
    messages.success(request, _("Taken back. The council does not have it any more. What you wrote is kept for you."))
    return redirect("interest", slug, interest_id)


@while_open
@require_POST
def ask_partners(request: HttpRequest, slug: str, interest_id: uuid.UUID) -> HttpResponse:
    found = get_own_interest(request.user, slug, interest_id)
    asked = interest_actions.ask_partners(by=signed_in(request), interest=found)
    if asked:
        names = ", ".join(partner.name for partner in asked)
        messages.success(request, _("We have written to %(names)s.") % {"names": names})
    return redirect("interest", slug, interest_id)


@while_open
@require_POST
def agree(request: HttpRequest, slug: str, interest_id: uuid.UUID) -> HttpResponse:
    provider, found = get_interest(request.user, slug, interest_id, Permission.EDIT_PROVIDER)
    digest = request.POST.get("digest", "")
    if interest_actions.agree(by=signed_in(request), interest=found, provider=provider, digest=digest):
        messages.success(request, _("You have said yes to this answer."))
    else:
        messages.info(request, _("It has changed since you opened it. Please read it again."))
    return redirect("interest", slug, interest_id)


@while_open
@require_POST
def take_back_yes(request: HttpRequest, slug: str, interest_id: uuid.UUID) -> HttpResponse:
    provider, found = get_interest(request.user, slug, interest_id, Permission.EDIT_PROVIDER)
    interest_actions.take_back_yes(by=signed_in(request), interest=found, provider=provider)
    messages.success(request, _("You have taken your yes back. If the answer was sent, it is taken back too."))
    return redirect("interest", slug, interest_id)
