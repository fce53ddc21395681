"""The provider's side: inviting customers, reading what is shown, and replying. Nothing here hides or chooses."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.access import get_provider, may
from providers.models import Provider, Recommendation, RecommendationInvitation, RecommendationReply
from providers.models.recommendation_invitation import RECOMMENDATION_INVITATION_LASTS, CameFrom
from providers.recommending import actions, links
from providers.recommending.forms import CardsForm, InviteForm, ReplyForm
from providers.recommending.rules import WhyNot, spoken
from registry.access.getters import signed_in
from registry.access.permissions import Permission

WHY_NOT = {
    WhyNot.OWN_ADDRESS: gettext_lazy("This is an address of your own. Ask somebody you have worked for."),
    WhyNot.ASKED_BEFORE: gettext_lazy("You have asked this person, or they have written already. Ask somebody else."),
    WhyNot.TOO_MANY: gettext_lazy("You have asked many people this month. Please wait a few weeks."),
}


@login_required
@require_GET
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    now = timezone.now()
    shown = Recommendation.objects.shown().filter(provider=provider).prefetch_related("replies")
    by_mail = RecommendationInvitation.objects.open_at(now).filter(provider=provider, came_from=CameFrom.MAIL)
    page = {
        "provider": provider,
        "shown": [(one, _last(one)) for one in shown],
        "waiting": Recommendation.objects.waiting().filter(provider=provider).count(),
        "invited": by_mail,
        "cards": _cards(provider).count(),
        "may_edit": may(request.user, provider, Permission.EDIT_PROVIDER),
    }
    return render(request, "recommending/mine.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(provider=provider, email=form.cleaned_data["email"], by=signed_in(request))
        except actions.NotInvitedError as refused:
            form.add_error("email", WHY_NOT[refused.why])
        else:
            messages.success(request, _("We have written to them. The link in the e-mail works once, for 60 days."))
            return redirect("my_recommendations", slug)
    return render(request, "recommending/ask.html", {"provider": provider, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def cards(request: HttpRequest, slug: str) -> HttpResponse:
    """The codes that stand open, ready to print, and a form to make more."""
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    form = CardsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.make_cards(provider=provider, number=form.cleaned_data["number"], by=signed_in(request))
        except actions.NotInvitedError as refused:
            form.add_error("number", WHY_NOT[refused.why])
        else:
            return redirect("recommendation_cards", slug)
    made = [
        {
            "link": links.invitation_link(one),
            "code": spoken(one.code),
            "until": one.made_at + RECOMMENDATION_INVITATION_LASTS,
        }
        for one in _cards(provider)
    ]
    return render(request, "recommending/cards.html", {"provider": provider, "form": form, "cards": made})


@login_required
@require_POST
def withdraw_invitation(request: HttpRequest, slug: str, invitation_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    invitation = get_object_or_404(RecommendationInvitation, pk=invitation_id, provider=provider)
    actions.end_invitation(invitation=invitation, by=signed_in(request))
    messages.success(request, _("Taken back. The link in the e-mail no longer works."))
    return redirect("my_recommendations", slug)


@login_required
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, slug: str, recommendation_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    said = get_object_or_404(Recommendation.objects.shown(), pk=recommendation_id, provider=provider)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(recommendation=said, words=form.cleaned_data["words"], by=signed_in(request))
        except actions.TooLateError:
            messages.info(request, _("There is a reply already. Take it back to write another."))
        else:
            messages.success(request, _("Your council reads it first. Then it stands below what they wrote."))
        return redirect("my_recommendations", slug)
    page = {"provider": provider, "council": provider.home_council, "said": said, "form": form}
    return render(request, "recommending/reply.html", page)


@login_required
@require_POST
def take_reply_back(request: HttpRequest, slug: str, reply_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    mine = get_object_or_404(RecommendationReply, pk=reply_id, recommendation__provider=provider)
    actions.take_reply_back(reply=mine, by=signed_in(request))
    messages.success(request, _("Your reply is gone."))
    return redirect("my_recommendations", slug)


def _cards(provider: Provider) -> QuerySet[RecommendationInvitation]:
    now = timezone.now()
    return RecommendationInvitation.objects.open_at(now).filter(provider=provider, came_from=CameFrom.PAPER)


def _last(said: Recommendation) -> RecommendationReply | None:
    """The newest reply that was not taken back."""
    return next((one for one in reversed(said.replies.all()) if one.withdrawn_at is None), None)
