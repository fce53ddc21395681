"""Signing in: type your email address, type the code. The same whether or not we know the address.

allauth's journey by code stops at an address it does not know. Ours sends a code there too, and makes the account
when the code has been typed: nobody's address is kept because somebody else typed it, and no page or mail tells a
stranger who has an account.
"""

from __future__ import annotations

from typing import Any, Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from registry.accounts.actions import arrive
from registry.models import User


class CodeJourney(LoginCodeVerificationProcess):
    """allauth's process, with a code for unknown addresses as well."""

    @classmethod
    def start(cls, *, request: HttpRequest, user: User | None, email: str) -> Self:
        login = Login(user=user, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=email), initiated_by_user=True)
        journey = cls(stage=stage)
        journey.send()
        journey.persist()
        return journey

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> Self | None:
        still_good: Self | None = cls(stage=stage).abort_if_invalid()
        return still_good

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        words = {"request": self.request, "code": self.generate_code()}
        get_adapter().send_mail("account/email/login_code", email, words)
        self.add_sent_message({"email": email, "recipient": email})

    def finish(self, redirect_url: str | None) -> Any:
        user = arrive(email=self.state["email"])
        if user is None:
            self.abort()
            return get_adapter().respond_user_inactive(self.request, self.user)
        # The person as the code proved them, whatever account the address pointed to when the code was asked for.
        self._user = user
        return super().finish(redirect_url)


class AskForCodeView(RequestLoginCodeView):
    def form_valid(self, form: Form) -> HttpResponse:
        email = form.cleaned_data["email"].lower()
        CodeJourney.start(request=self.request, user=form._user, email=email)  # type: ignore[attr-defined]
        return HttpResponseRedirect(self.get_success_url())


ask_for_code = AskForCodeView.as_view()


@method_decorator(
    login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login"),
    name="dispatch",
)
class TypeCodeView(ConfirmLoginCodeView):
    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.stage = request._login_stage  # type: ignore[attr-defined]
        self._process = CodeJourney.resume(self.stage)
        if self._process is None:
            return HttpResponseRedirect(reverse("account_login"))
        # Past allauth's own dispatch, which would take up the journey with a process of its own.
        response: HttpResponseBase = super(ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)
        return response


type_code = TypeCodeView.as_view()
