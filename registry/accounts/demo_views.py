"""The demonstration only: signing in with one click, and reading the mail that goes to invented addresses."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from registry.accounts.demo import DEMO_ROLES, address_of
from registry.accounts.second_factor import mark_session
from registry.models import OutgoingMail, User

MAILS_SHOWN = 50


def refuse_unless_demo() -> None:
    """Read on every request and not at start-up, so that the addresses are there to be tested either way."""
    if not settings.DEMO:
        raise Http404("Only in the demonstration")


@require_http_methods(["GET", "POST"])
@never_cache
def demo_sign_in(request: HttpRequest, role: str) -> HttpResponse:
    refuse_unless_demo()
    if role not in DEMO_ROLES:
        raise Http404("No such role")
    user = User.objects.filter(email=address_of(role)).first()
    if request.method == "POST" and user:
        get_adapter(request).login(request, user)
        mark_session(request, Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP))
        return redirect("/")
    context = {"person": user, "role": role, "says": DEMO_ROLES[role], "roles": DEMO_ROLES}
    return render(request, "accounts/demo_sign_in.html", context)


@require_GET
@never_cache
def demo_mail(request: HttpRequest) -> HttpResponse:
    refuse_unless_demo()
    mails = OutgoingMail.objects.exclude(body="").order_by("-pk")[:MAILS_SHOWN]
    return render(request, "accounts/demo_mail.html", {"mails": mails})
