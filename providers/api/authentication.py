"""Who asks: a key in a header, or the session of a signed-in browser. Neither passes where a second step is missing."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from providers.api.actions import note_use
from providers.api.rules import digest_of, read_header
from providers.models import ApiKey
from registry.accounts.second_factor import session_passed, standing
from registry.models import User


class KeyAuthentication(authentication.BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """None without the header. With one that opens nothing, 401: a program must not think that it is known."""
        header = request.META.get("HTTP_AUTHORIZATION")
        if header is None:
            return None
        written = read_header(header)
        if written is None:
            raise exceptions.AuthenticationFailed(_("Send your key as “Authorization: Bearer nh_...”."))
        today = timezone.localdate()
        keys = ApiKey.objects.open_on(today).select_related("user")
        key = keys.filter(digest=digest_of(written), user__is_active=True).first()
        if key is None:
            raise exceptions.AuthenticationFailed(_("That key is unknown, or it has ended."))
        if not key.after_second_step and standing(key.user).must_have_one:
            raise exceptions.AuthenticationFailed(
                _("Your role asks for a second step when you sign in. Take it, and make a new key.")
            )
        note_use(key=key, today=today)
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Nearhand"'


class SessionAuthentication(authentication.SessionAuthentication):
    """With the CSRF token on every write; with the second step on everything, for those who must take it."""

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, None] | None:
        found = super().authenticate(request)
        if found and isinstance(found[0], User) and standing(found[0]).must_have_one:
            self._refuse_without_second_step(request, found[0])
        return found

    def _refuse_without_second_step(self, request: Request, user: User) -> None:
        if not session_passed(request._request, user):
            raise exceptions.PermissionDenied(_("Your role asks for a second step: take it on the website first."))


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A key that you make under “Your account”, “Keys for programs”.",
        }


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = SessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "A browser that is signed in. Writes also need the header X-CSRFToken.",
        }
