"""Pages without an account: a customer writes, sees what became of it, takes it back; anybody reads, and the policy."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers.models import Provider, RecommendationInvitation
from providers.models.recommendation import NotShownBecause
from providers.recommending import actions, links
from providers.recommending.forms import CodeForm, WriteForm
from providers.recommending.rules import WhyNot, spoken, tidy_code
from providers.recommending.shown import numbers, shown_of
from registry.access.limits import seconds_to_wait

A_PAGE = 20
AN_HOUR = 60 * 60
MOST_AN_HOUR = 10
WHY_NOT = {
    WhyNot.OWN_ADDRESS: gettext_lazy("That is an address of the provider’s own people. Only customers write here."),
    WhyNot.ASKED_BEFORE: gettext_lazy("There is something of yours about them already. Take that back first."),
}
TOO_MANY = gettext_lazy("That was sent many times from where you are. Please wait an hour and send it again.")
HASTY = gettext_lazy("That came very fast. Please look at it once more, and send it again.")


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """What is shown, what is not and why, and how often that was."""
    return render(request, "recommending/policy.html", {"numbers": numbers(), "reasons": NotShownBecause})


@require_safe
def all_of(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider.listed, slug=slug)
    page = Paginator(shown_of(provider.pk), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "recommending/all.html", {"provider": provider, "page": page})


@require_safe
def enter_code(request: HttpRequest) -> HttpResponse:
    """For a code on paper. A GET form: nothing is used up by looking."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = tidy_code(form.cleaned_data["code"])
        if _open(code) is not None:
            return redirect("recommend", spoken(code))
        form.add_error("code", _("That code does not work. Check each letter; each code works once, for 60 days"))
    return render(request, "recommending/enter_code.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def recommend(request: HttpRequest, code: str) -> HttpResponse:
    """The customer's page. Opening it uses nothing up (rule 17)."""
    invitation = _open(tidy_code(code))
    if invitation is None:
        return render(request, "recommending/ended.html", status=404)
    form = WriteForm(request.POST if request.method == "POST" else None, has_address=bool(invitation.email))
    if request.method == "POST" and form.is_valid():
        token = _written(request, invitation, form)
        if token is not None:
            return redirect("recommendation", token)
    provider = invitation.provider
    page = {"form": form, "provider": provider, "council": provider.home_council, "code": code}
    return render(request, "recommending/write.html", {**page, "invitation": invitation})


def _written(request: HttpRequest, invitation: RecommendationInvitation, form: WriteForm) -> str | None:
    """The writer's token; None where the form says what stands against it."""
    if form.opened.is_hasty:
        form.add_error(None, HASTY)
    elif seconds_to_wait(request, "recommend", most=MOST_AN_HOUR, seconds=AN_HOUR):
        form.add_error(None, TOO_MANY)
    else:
        try:
            return links.token_of(actions.write(invitation=invitation, **form.said()))
        except actions.NotInvitedError as refused:
            form.add_error("email" if "email" in form.fields else None, WHY_NOT[refused.why])
        except actions.TooLateError:
            form.add_error(None, _("This has been sent already."))
    return None


@never_cache
@require_POST
def rather_not(request: HttpRequest, code: str) -> HttpResponse:
    invitation = _open(tidy_code(code))
    if invitation is not None:
        actions.end_invitation(invitation=invitation, by=None)
        messages.success(request, _("Thank you. We have deleted your address, and do not ask you again about this."))
    return redirect("recommend", code)


@never_cache
@require_safe
def recommendation(request: HttpRequest, token: str) -> HttpResponse:
    """What its writer sees of it: whether it is shown, or why not."""
    mine = links.recommendation_of(token)
    if mine is None:
        return render(request, "recommending/ended.html", status=404)
    page = {"recommendation": mine, "provider": mine.provider, "council": mine.provider.home_council, "token": token}
    return render(request, "recommending/mine_as_writer.html", page)


@never_cache
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    mine = links.recommendation_of(token)
    if mine is None:
        return render(request, "recommending/ended.html", status=404)
    actions.withdraw(recommendation=mine)
    return redirect("recommendation", token)


def _open(code: str) -> RecommendationInvitation | None:
    invitations = RecommendationInvitation.objects.open_at(timezone.now()).select_related("provider__home_council")
    listed = Provider.listed.values("pk")
    return invitations.defer("provider__home_council__boundary").filter(code=code, provider__in=listed).first()
