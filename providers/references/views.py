"""References: the provider names customers, a customer answers on a page without an account, a checker reads."""

from __future__ import annotations

import uuid
from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.access import get_provider, is_looked_at_by, may
from providers.models import Reference
from providers.models.reference import WANTED
from providers.references import actions
from providers.references.forms import AnswerForm, AskForm
from providers.references.links import reference_of, state_of
from providers.references.reading import asked_by
from providers.references.rules import State, WhyNot
from registry.access.getters import get_council, signed_in
from registry.access.permissions import Permission
from registry.models import Council

WHY_NOT = {
    WhyNot.OWN_ADDRESS: gettext_lazy("This is an address of your own. Name somebody you have worked for."),
    WhyNot.ASKED_BEFORE: gettext_lazy("You have asked this person. Name somebody else."),
    WhyNot.ENOUGH: gettext_lazy("You have asked enough people. Wait for their answers, or take one back."),
    WhyNot.TOO_MANY: gettext_lazy(
        "You have asked many people this month. Please wait a few weeks before you ask another."
    ),
}


@login_required
@require_GET
def my_references(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom the provider has asked, and that they answered: never what they wrote."""
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    now = timezone.now()
    page = {
        "provider": provider,
        "council": provider.home_council,
        "asked": asked_by(provider, now),
        "left": WANTED - len(actions.standing(provider, now)),
        "wanted": WANTED,
        "may_edit": may(request.user, provider, Permission.EDIT_PROVIDER),
    }
    return render(request, "references/mine.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name, email = form.cleaned_data["customer_name"], form.cleaned_data["customer_email"]
        try:
            actions.ask(provider=provider, name=name, email=email, by=signed_in(request))
        except actions.NotAskedError as refused:
            form.add_error("customer_email", WHY_NOT[refused.why])
        else:
            messages.success(request, _("We have written to them. The link in the e-mail works for 30 days."))
            return redirect("my_references", slug)
    return render(request, "references/ask.html", {"provider": provider, "form": form})


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, reference_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    mine = get_object_or_404(Reference, pk=reference_id, provider=provider)
    actions.withdraw(reference=mine, by=signed_in(request))
    messages.success(request, _("Taken back. The link in the e-mail no longer works."))
    return redirect("my_references", slug)


@never_cache
@require_http_methods(["GET", "POST"])
def reference(request: HttpRequest, token: str) -> HttpResponse:
    """The customer's page. Opening it changes nothing: mail scanners open links (rule 17)."""
    asked = reference_of(token)
    if asked is None:
        return render(request, "references/ended.html", {"state": "broken"}, status=404)
    became = state_of(asked, timezone.now())
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if became is State.ASKED and request.method == "POST" and form.is_valid():
        # Pressed twice, or answered in another window: the page that follows says what became of it.
        with suppress(actions.TooLateError):
            actions.answer(reference=asked, **form.cleaned_data)
        return redirect("reference", token)
    page = {"token": token, "provider": asked.provider, "council": asked.provider.home_council, "state": became}
    if became is not State.ASKED:
        return render(request, "references/ended.html", page)
    return render(request, "references/answer.html", {**page, "form": form, "asked": asked})


@never_cache
@require_POST
def rather_not(request: HttpRequest, token: str) -> HttpResponse:
    asked = reference_of(token)
    if asked is None:
        return render(request, "references/ended.html", {"state": "broken"}, status=404)
    with suppress(actions.TooLateError):
        actions.decline(reference=asked)
    return redirect("reference", token)


@login_required
@require_http_methods(["GET", "POST"])
def safeguarding(request: HttpRequest, code: str, reference_id: uuid.UUID) -> HttpResponse:
    """Whom to tell of a worry that a customer wrote, and how to take it out of here (rule 16)."""
    council = get_council(request.user, code, Permission.CHECK_PROVIDERS)
    mine = get_object_or_404(Reference.objects.select_related("provider"), pk=reference_id, answered_at__isnull=False)
    if not is_looked_at_by(mine.provider, Council.objects.filter(pk=council.pk)):
        raise Http404("Not for this council to read")
    if request.method == "POST":
        actions.remove_words(reference=mine, council=council, by=signed_in(request))
        messages.success(request, _("The words are gone from this site. Make sure that the concern was handed over."))
        return redirect("checks")
    page = {"provider": mine.provider, "council": council, "reference": mine}
    return render(request, "references/safeguarding.html", page)
