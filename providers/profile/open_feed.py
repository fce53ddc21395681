"""Whether a listing is in the open feed: said while joining, and changed here whenever they like."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from providers.access import get_provider
from providers.joining.forms.base import YesNoField, missing
from providers.listings.actions import leave_open_feed, return_to_open_feed
from registry.access.permissions import Permission
from registry.models import User


class SignedInRequest(HttpRequest):
    user: User


class OpenFeedForm(forms.Form):
    in_feed = YesNoField(
        label=_lazy("May your listing be in the open feed?"),
        help_text=_lazy("With no, families still find you on this website."),
        error_messages=missing(_lazy("Say if your listing may be in the open feed")),
    )

    def __init__(self, data: Any = None, *, in_feed: bool) -> None:
        super().__init__(data, initial={"in_feed": in_feed}, label_suffix="")


@require_http_methods(["GET", "POST"])
@login_required
def open_feed(request: SignedInRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    form = OpenFeedForm(request.POST if request.method == "POST" else None, in_feed=provider.out_of_feed_since is None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["in_feed"]:
            return_to_open_feed(provider=provider, by=request.user)
            messages.success(request, _("Your listing is in the open feed."))
        else:
            leave_open_feed(provider=provider, by=request.user, now=timezone.now())
            messages.success(request, _("Your listing is out of the open feed."))
        return redirect("my_provider", provider.slug)
    return render(request, "profile/open_feed.html", {"provider": provider, "form": form})
