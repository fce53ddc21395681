"""Council staff and operators go nowhere without a second factor. allauth asks those who have one; this makes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from registry.accounts.second_factor import session_passed, standing
from registry.models import User

# Where they may go meanwhile: setting it up, signing out, and the pages that the footer must always reach.
OPEN_NAMES = frozenset(
    {"account_logout", "account_inactive", "accessibility", "privacy", "open_data", "robots", "health"}
)


def stays_open(request: HttpRequest) -> bool:
    name = request.resolver_match.url_name if request.resolver_match else None
    return name is not None and (name in OPEN_NAMES or name.startswith("mfa_"))


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        # Programs cannot follow us to a form: what answers them asks for the second step itself.
        if getattr(view, "answers_programs", False):
            return None
        user = request.user
        if not isinstance(user, User) or stays_open(request):
            return None
        stands = standing(user)
        if not stands.must_have_one:
            return None
        if not stands.has_one:
            return redirect("mfa_activate_totp")
        if session_passed(request, user):
            return None
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")
