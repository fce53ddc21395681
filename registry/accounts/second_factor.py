"""The second step of signing in, which council staff and operators must take."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.db.models import Exists, OuterRef, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from registry.models import CouncilMembership, User

REAL_SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


@dataclass(frozen=True)
class Standing:
    """What a person must do and has, as the database knows it at this moment."""

    must_have_one: bool
    has_one: bool


def standing(user: User) -> Standing:
    """Asked on every request, so that a role given to a person who is signed in counts from the next page on."""
    memberships = CouncilMembership.objects.current().filter(user=OuterRef("pk"))
    authenticators = Authenticator.objects.filter(user=OuterRef("pk"), type__in=REAL_SECOND_FACTORS)
    must, has = (
        User.objects.filter(pk=user.pk)
        .annotate(must=Q(Exists(memberships)) | Q(is_operator=True), has=Exists(authenticators))
        .values_list("must", "has")
        .get()
    )
    return Standing(must_have_one=must, has_one=has)


def session_passed(request: HttpRequest, user: User) -> bool:
    """Whether this session, and not another of the same person, saw the second factor."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def mark_session(request: HttpRequest, authenticator: Authenticator) -> None:
    """Write into the session that the person has just shown this second factor."""
    post_authentication(request, authenticator, reauthenticated=True)


class SetUpAppView(ActivateTOTPView):
    def form_valid(self, form: Form) -> HttpResponse:
        """The code typed to set the app up is a second step taken: it is not asked for again at once."""
        response: HttpResponse = super().form_valid(form)
        mark_session(self.request, Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP))
        return response


set_up_app = SetUpAppView.as_view()


class SetUpPasskeyView(AddWebAuthnView):
    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        passkeys = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        mark_session(self.request, passkeys.latest("created_at"))
        return response


set_up_passkey = SetUpPasskeyView.as_view()
